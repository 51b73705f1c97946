// The number of new messages in the page's title, beside whatever title the page gives itself.

let mark = "";

export function bareTitle(): string {
  const { title } = document;
  return mark && title.startsWith(mark) ? title.slice(mark.length) : title;
}

export function countInTitle(count: number): void {
  const bare = bareTitle();
  mark = count ? `(${count}) ` : "";
  if (document.title !== mark + bare) document.title = mark + bare;
}
