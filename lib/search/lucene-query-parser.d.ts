declare module 'lucene-query-parser' {
  export function parse(text: string): unknown
}
