// The basket: kept in this browser only. Tells the desk when something is put in.
"use strict";

const KEY = "basket";
const kronor = (amount) => `${String(amount).replace(/\B(?=(\d{3})+$)/g, " ")} kr`;

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

function keep(lines) {
  try {
    localStorage.setItem(KEY, JSON.stringify(lines));
  } catch {
    // A browser that keeps nothing still shows the page.
  }
  showCount(lines);
}

function showCount(lines) {
  const pieces = lines.reduce((sum, line) => sum + line.pieces, 0);
  const count = document.getElementById("basket-count");
  count.hidden = pieces === 0;
  count.textContent = String(pieces);
}

function chosen(form) {
  const input = form.querySelector("input[name=choice]:checked");
  return { page: form.dataset.page, name: form.dataset.name, choice: input.value, price: Number(input.dataset.price) };
}

function put(line) {
  const lines = read();
  const same = lines.find((other) => other.page === line.page && other.choice === line.choice);
  if (same) same.pieces += 1;
  else lines.push({ ...line, pieces: 1 });
  keep(lines);
  window.Frontdesk?.("event", "Added to basket", { product: line.name, choice: line.choice, price: kronor(line.price) });
}

function startBuying(form) {
  const price = form.querySelector(".price");
  form.addEventListener("change", () => {
    price.textContent = kronor(chosen(form).price);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const line = chosen(form);
    put(line);
    form.querySelector(".added").textContent = `In your basket: ${line.name}${line.choice && `, ${line.choice}`}`;
  });
}

function element(tag, text, ...children) {
  const made = document.createElement(tag);
  made.append(text, ...children);
  return made;
}

function removeButton(line, box) {
  const button = element("button", "Remove");
  button.setAttribute("aria-label", `Remove ${line.name}`);
  button.addEventListener("click", () => {
    keep(read().filter((other) => other.page !== line.page || other.choice !== line.choice));
    showBasket(box);
  });
  return button;
}

function basketRow(line, box) {
  const link = element("a", line.name);
  link.href = line.page;
  const name = element("th", link, line.choice && `, ${line.choice}`);
  name.scope = "row";
  const sum = element("td", kronor(line.price * line.pieces));
  return element("tr", name, element("td", `${line.pieces} pc`), sum, element("td", removeButton(line, box)));
}

function showBasket(box) {
  const lines = read();
  if (lines.length === 0) {
    box.replaceChildren(element("p", "Nothing in it yet."));
    return;
  }
  const total = lines.reduce((sum, line) => sum + line.price * line.pieces, 0);
  box.replaceChildren(
    element("table", element("tbody", ...lines.map((line) => basketRow(line, box)))),
    element("p", element("strong", `Together ${kronor(total)}`), ". Delivery within Sweden costs 49 kr, from 800 kr nothing."),
    element("p", "This shop is invented, so it ends here: nothing can be bought."),
  );
}

showCount(read());
document.querySelectorAll("form.buy").forEach(startBuying);
const basket = document.getElementById("basket");
if (basket) showBasket(basket);
