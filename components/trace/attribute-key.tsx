import { Fragment } from 'react'

const MOST_BREAKS = 40

/** A dotted name that breaks after its dots rather than within words. */
export function AttributeKey({ name }: { name: string }) {
  const parts = name.split(/(?<=[._/-])/)
  if (parts.length > MOST_BREAKS) return name
  let before = ''
  return parts.map((part) => {
    before += part
    return (
      <Fragment key={before}>
        {part}
        <wbr />
      </Fragment>
    )
  })
}
