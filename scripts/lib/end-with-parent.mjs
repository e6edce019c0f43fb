// Loaded into the programs that our scripts start: when the script is gone, however it died, the program ends as
// if it had been asked to, instead of holding the port and the database for ever.
if (process.channel) {
  process.on("disconnect", () => {
    if (!process.emit("SIGTERM", "SIGTERM")) process.exit(143)
  })
  // The channel alone is no reason to stay.
  process.channel.unref()
}
