/** Why an INSERT failed. */
export class InsertError extends Error {
  constructor(
    message: string,
    /** True: these rows will never be accepted. False: ClickHouse is away or busy. */
    readonly content: boolean,
  ) {
    super(message)
  }
}
