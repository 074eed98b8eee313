// Comfort only: the page says the same without it. Stepping shows one hop of a way after the other.
document.querySelectorAll(".way").forEach(way => {
  const hops = [...way.querySelectorAll("li")];
  const said = way.querySelector(".said");
  const button = way.querySelector(".step");
  let place = -1;
  const show = next => {
    hops.forEach(hop => hop.removeAttribute("aria-current"));
    place = next < hops.length ? next : -1;
    said.textContent = "";
    button.textContent = place < 0 ? "Step through" : place === hops.length - 1 ? "Done" : "Next hop";
    if (place < 0) return;
    hops[place].setAttribute("aria-current", "step");
    said.textContent = `${place + 1}. ${hops[place].querySelector("b").textContent}: ${hops[place].querySelector(".why").textContent}`;
  };
  button.hidden = false;
  button.addEventListener("click", () => show(place + 1));
  hops.forEach((hop, number) => hop.addEventListener("click", () => show(number)));
});
