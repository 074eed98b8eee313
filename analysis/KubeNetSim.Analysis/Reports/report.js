// Comfort only: the page says the same without it. Pointing at a hop explains it; clicking a path, or the arrow keys, steps through it.
document.documentElement.classList.add("live");
document.querySelectorAll(".hint, .steps").forEach(part => part.hidden = false);
document.querySelectorAll(".way").forEach(way => {
  const hops = [...way.querySelectorAll(".hop")];
  const whys = [...way.querySelectorAll(".why")];
  const parts = [...way.querySelectorAll(".scale span")];
  const said = way.querySelector(".said");
  const back = way.querySelector(".back");
  const next = way.querySelector(".next");
  const begin = `${said.textContent} Point at one of the ${hops.length} places to read what happens there, or step through.`;
  const outside = -1;
  let place = outside; // From the first hop to one past the last, where the answer is on its way back.

  const say = number => {
    said.replaceChildren();
    if (number === outside) said.append(begin);
    else if (number === hops.length) said.append(way.dataset.end);
    else {
      const name = document.createElement("b");
      name.textContent = `${number + 1} of ${hops.length}: ${hops[number].querySelector("b").textContent}. `;
      said.append(name, ...[...whys[number].childNodes].map(node => node.cloneNode(true)));
    }
  };
  const go = number => {
    place = number > hops.length ? outside : number;
    hops.forEach((hop, index) => {
      hop.classList.toggle("passed", index < place);
      if (index === place) hop.setAttribute("aria-current", "step");
      else hop.removeAttribute("aria-current");
    });
    way.classList.toggle("stepping", place >= 0 && place < hops.length);
    parts.forEach(part => part.classList.toggle("here", Number(part.dataset.hop) === place));
    back.disabled = place === outside;
    next.textContent = place === outside ? "Step through" : place === hops.length ? "Again" : "Next";
    // Only steps are read aloud, not everything that a pointer passes.
    said.setAttribute("aria-live", "polite");
    say(place);
  };
  const show = number => {
    said.setAttribute("aria-live", "off");
    say(number);
  };

  hops.forEach((hop, number) => {
    hop.tabIndex = 0;
    hop.setAttribute("role", "button");
    hop.setAttribute("aria-describedby", whys[number].id);
    hop.addEventListener("mouseenter", () => show(number));
    hop.addEventListener("mouseleave", () => show(place));
    hop.addEventListener("focus", () => show(number));
    hop.addEventListener("blur", () => show(place));
  });
  way.querySelector(".diagram").addEventListener("click", event => {
    const number = hops.indexOf(event.target.closest(".hop"));
    go(number === outside || number === place ? place + 1 : number);
  });
  way.addEventListener("keydown", event => {
    const number = hops.indexOf(document.activeElement);
    const from = number === outside ? place : number;
    const wanted = { ArrowRight: from + 1, ArrowDown: from + 1, ArrowLeft: from - 1, ArrowUp: from - 1, Home: 0, End: hops.length - 1, Escape: outside }[event.key]
      ?? (number !== outside && (event.key === "Enter" || event.key === " ") ? (number === place ? number + 1 : number) : undefined);
    if (wanted === undefined || wanted < outside || wanted > hops.length || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (number !== outside) hops[wanted]?.focus();
    go(wanted);
  });
  back.addEventListener("click", () => go(place - 1));
  next.addEventListener("click", () => go(place + 1));
  go(outside);
});
