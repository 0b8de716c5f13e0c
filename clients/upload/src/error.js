/** Why an upload did not succeed. */
export class UploadError extends Error {
  /**
   * @param {string} message for the user
   * @param {object} [facts]
   * @param {string} [facts.code] as in `extensions.code` of the server's error: FILE_TOO_LARGE, ...; ABORTED
   * @param {boolean} [facts.temporary] whether trying again may help
   * @param {number} [facts.waitSeconds] how long the server wants to be left alone
   * @param {unknown} [facts.cause]
   */
  constructor(message, { code, temporary = false, waitSeconds = 0, cause } = {}) {
    super(message, { cause });
    this.name = 'UploadError';
    this.code = code;
    this.temporary = temporary;
    this.waitSeconds = waitSeconds;
  }
}
