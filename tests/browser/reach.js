// What a thumb can hit of each control: how far its area goes from its middle, as the browser itself decides.
(least) => {
  const controls = "a[href], button, input:not([type=hidden]), textarea, select, [role=tab], [role=radio], [tabindex='0'][role=button]";
  const inText = (one) => one.matches("a") && getComputedStyle(one).display === "inline";
  const shown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.getClientRects().length > 0;
  const at = (x, y) => document.elementFromPoint(x, y);
  const own = (one, hit) => hit !== null && (one === hit || one.contains(hit) || hit.closest("label")?.control === one);
  const reach = (one, x, y, dx, dy) => {
    let far = 0;
    while (far < least && own(one, at(x + dx * (far + 1), y + dy * (far + 1)))) far += 1;
    return far;
  };
  return [...document.querySelectorAll(controls)].filter((one) => shown(one) && !inText(one) && !one.disabled).flatMap((one) => {
    one.scrollIntoView({ block: "center", inline: "center" });
    const box = one.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    if (!own(one, at(x, y))) return [];
    const wide = reach(one, x, y, -1, 0) + reach(one, x, y, 1, 0) + 1;
    const high = reach(one, x, y, 0, -1) + reach(one, x, y, 0, 1) + 1;
    const name = one.getAttribute("aria-label") || one.textContent.trim().slice(0, 30) || one.id || one.tagName;
    return wide < least || high < least ? [`${one.tagName.toLowerCase()}.${one.className} "${name}" ${wide} x ${high}`] : [];
  });
}
