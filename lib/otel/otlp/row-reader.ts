import { insertColumns, type TableName } from './tables'

/** A row as plain values: 64-bit numbers and times in ns as bigint, maps as entries in their order. */
export type Row = Readonly<Record<string, unknown>>

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads rows of RowBinary back: for tests, tools and messages about refused rows.
 * @throws Error when the bytes are not exactly such rows
 */
export function readRows(table: TableName, bytes: Uint8Array): Row[] {
  const reader = new RowReader(bytes)
  const columns = insertColumns(table)
  const rows: Row[] = []
  while (reader.pos < bytes.length) {
    const row: Record<string, unknown> = {}
    for (const { name, type } of columns) row[name] = reader.value(type)
    rows.push(row)
  }
  if (reader.pos !== bytes.length) throw new Error('the rows run over the end of their bytes')
  return rows
}

class RowReader {
  pos = 0
  private readonly view: DataView

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  value(type: string): unknown {
    const at = this.pos
    switch (type) {
      case 'String':
        return this.text()
      case 'UInt8':
        this.pos += 1
        return this.view.getUint8(at)
      case 'Bool':
        this.pos += 1
        return this.view.getUint8(at) === 1
      case 'UInt32':
        this.pos += 4
        return this.view.getUint32(at, true)
      case 'Int32':
        this.pos += 4
        return this.view.getInt32(at, true)
      case 'UInt64':
        this.pos += 8
        return this.view.getBigUint64(at, true)
      case 'DateTime64(9)':
        this.pos += 8
        return this.view.getBigInt64(at, true)
      case 'Float64':
        this.pos += 8
        return this.view.getFloat64(at, true)
      case 'Map(LowCardinality(String), String)':
        return Array.from({ length: this.varint() }, () => [this.text(), this.text()])
    }
    const element = /^Array\((.*)\)$/.exec(type)?.[1]
    if (element === undefined) throw new Error(`no reader for the type ${type}`)
    return Array.from({ length: this.varint() }, () => this.value(element))
  }

  private text(): string {
    const length = this.varint()
    const from = this.pos
    if (from + length > this.bytes.length) throw new Error('a string runs over the end of the rows')
    this.pos += length
    return decoder.decode(this.bytes.subarray(from, this.pos))
  }

  private varint(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.pos++]
      if (byte === undefined || shift > 28) throw new Error('unfinished length')
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
  }
}
