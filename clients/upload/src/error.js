/** Why an upload did not succeed. */
export class UploadError extends Error {
  /**
   * @param {string} message in English, unless the application translates it
   * @param {object} [facts]
   * @param {string} [facts.code] as in `extensions.code` of the server's error (FILE_TOO_LARGE, ...), or one of this
   *   module's own (CONNECTION_FAILED, FILE_UNREADABLE, ...)
   * @param {Record<string, unknown>} [facts.params] the numbers and names of the message: maxByteSize, fileName, ...
   * @param {boolean} [facts.temporary] whether trying again may help
   * @param {number} [facts.waitSeconds] how long the server wants to be left alone
   * @param {unknown} [facts.cause]
   */
  constructor(message, { code = 'UNKNOWN', params = {}, temporary = false, waitSeconds = 0, cause } = {}) {
    super(message, { cause });
    this.name = 'UploadError';
    this.code = code;
    this.params = params;
    this.temporary = temporary;
    this.waitSeconds = waitSeconds;
  }
}

/**
 * What functions of the application throw has a code too.
 *
 * @param {unknown} e
 */
export function asUploadError(e) {
  return e instanceof UploadError ? e : new UploadError(e instanceof Error ? e.message : String(e), { cause: e });
}
