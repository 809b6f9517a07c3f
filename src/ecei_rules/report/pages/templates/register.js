"use strict";
(() => {
  const table = document.getElementById("labels");
  if (!table) return;
  const form = document.getElementById("filters");
  const said = document.getElementById("shown");
  const sought = document.getElementById("sought");
  const more = document.getElementById("more");
  const selects = [...form.querySelectorAll("select")];
  const heads = [...table.tHead.rows[0].cells];
  const names = heads.map(head => head.textContent);
  const body = table.tBodies[0];
  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, { numeric: true });
  const number = new Intl.NumberFormat(language);
  // how many rows are laid out at a time: all of thousands would take seconds
  const step = 200;

  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...body.rows].map(row => {
    const texts = [...row.cells].map(cell => cell.textContent);
    return { row, texts, whole: plain(texts.join("\n")) };
  });

  // the order of the words of a column is that of its list of choices
  const ranks = new Map(selects.map(select => [
    Number(select.dataset.column),
    new Map([...select.options].map((option, rank) => [option.value, rank])),
  ]));
  const keys = {
    text: (each, column) => each.texts[column],
    rank: (each, column) => ranks.get(column).get(each.texts[column]),
    day: (each, column) => each.row.cells[column].querySelector("time")?.dateTime ?? "",
  };
  const compare = {
    text: collator.compare,
    rank: (one, other) => one - other,
    day: (one, other) => (one < other ? -1 : Number(one > other)),
  };

  let room = step;
  let fitting = rows;
  let order = "";

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const show = () => {
    const seen = new Set(fitting.slice(0, room));
    const fits = new Set(fitting);
    for (const each of rows) {
      each.row.hidden = !fits.has(each);
      each.row.classList.toggle("later", !seen.has(each));
    }
    const left = Math.min(step, fitting.length - room);
    more.hidden = left <= 0;
    more.textContent = fill(more.dataset.more, { count: number.format(left) });
    const { all, some, none } = said.dataset;
    const text = fitting.length === rows.length ? all : fitting.length ? some : none;
    const counts = { fitting: number.format(fitting.length), all: number.format(rows.length) };
    said.textContent = [fill(text, counts), order].filter(Boolean).join("; ");
  };

  const filter = () => {
    const words = plain(sought.value).split(/\s+/);
    const wanted = selects.filter(select => select.value)
      .map(select => [Number(select.dataset.column), select.value]);
    fitting = rows.filter(({ texts, whole }) => words.every(word => whole.includes(word))
      && wanted.every(([column, value]) => texts[column] === value));
    room = step;
    show();
  };

  const sort = (head, column) => {
    const descending = head.getAttribute("aria-sort") === "ascending";
    const kind = head.dataset.kind;
    const keyed = rows.map(each => [keys[kind](each, column), each]);
    keyed.sort(([one], [other]) => {
      // what has no day comes last, whichever way
      if (one === "" || other === "") return Number(one === "") - Number(other === "");
      return descending ? compare[kind](other, one) : compare[kind](one, other);
    });
    rows.splice(0, rows.length, ...keyed.map(([, each]) => each));
    for (const each of heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const { ascending, descending: other } = said.dataset;
    order = fill(descending ? other : ascending, { column: names[column] });
    filter();
    body.append(...rows.map(each => each.row));
  };

  let waiting;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  };
  sought.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("reset", later);
  form.addEventListener("submit", event => event.preventDefault());
  more.addEventListener("click", () => {
    const next = fitting[room].row;
    room += step;
    show();
    next.tabIndex = -1;
    next.focus();
  });
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = names[column];
    button.addEventListener("click", () => sort(head, column));
    // on paper a heading is repeated on each page, which buttons are not
    const printed = document.createElement("span");
    printed.className = "on-paper";
    printed.textContent = names[column];
    head.replaceChildren(button, printed);
  });
  table.classList.add("sortable");
  form.hidden = false;
  filter();
})();
