/** Something about a backup that the person at the command line has to know; the message says what and how. */
export class BackupProblem extends Error {
  override name = "BackupProblem"
}
