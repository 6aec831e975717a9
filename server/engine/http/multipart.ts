import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import busboy from 'busboy'
import { EngineError } from '../exception'

/** Reads a form: its fields are what URL parameters are otherwise (long query parameters come this way). */
export function readMultipart(request: IncomingMessage, body: Readable): Promise<URLSearchParams> {
  return new Promise((resolve, reject) => {
    const fields = new URLSearchParams()
    const fail = (message: string): void => {
      body.unpipe(form)
      body.resume()
      reject(new EngineError(36, message))
    }
    const form = busboy({
      headers: request.headers,
      limits: { fieldSize: 64 * 1024 * 1024, fields: 5000, files: 0 },
    })
    form.on('field', (name, value, info) => {
      if (info.valueTruncated || info.nameTruncated) fail(`The form field ${name.slice(0, 80)} is too long`)
      else fields.append(name, value)
    })
    form.on('filesLimit', () => fail('External tables in a form are not supported by the embedded engine'))
    form.on('fieldsLimit', () => fail('The form has too many fields'))
    form.on('error', (error) => fail(`The multipart body cannot be read: ${String(error)}`))
    form.on('close', () => resolve(fields))
    body.on('error', (error) => reject(error))
    body.pipe(form)
  })
}
