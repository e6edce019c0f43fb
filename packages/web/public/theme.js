// Sets light or dark before anything is painted. A file of its own: inline scripts are forbidden here.
;(() => {
  let chosen = "system"
  try {
    chosen = localStorage.getItem("regulars.theme") || "system"
  } catch {
    // Storage may be switched off; the device decides then.
  }
  const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches)
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light")
})()
