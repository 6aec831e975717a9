'use client'

import { useState } from 'react'
import { formatBytes } from '@/lib/format/bytes'

const SHORT = 600
/** More than this in one element makes the browser slow; copying gives all of it. */
const MOST = 200_000

/** Text from telemetry: never markup; long text is cut until asked for; a web address can be opened. */
export function LongText({ text, limit = SHORT }: { text: string; limit?: number }) {
  const [open, setOpen] = useState(false)
  if (text === '') return <span className="text-faint">(empty)</span>
  if (isWebAddress(text)) {
    return (
      <a
        href={text}
        target="_blank"
        rel="noreferrer noopener"
        className="break-all text-accent underline-offset-2 hover:underline"
      >
        {text}
      </a>
    )
  }
  if (text.length <= limit) return <span className="whitespace-pre-wrap">{text}</span>
  const shown = open ? text.slice(0, MOST) : text.slice(0, limit)
  return (
    <>
      <span className="break-words whitespace-pre-wrap">{shown}</span>
      {open && text.length > MOST ? <span className="text-faint">… cut here: copy gives all</span> : null}
      <button type="button" className="ml-1 text-accent hover:underline" onClick={() => setOpen(!open)}>
        {open ? 'Show less' : `… show all (${formatBytes(text.length)})`}
      </button>
    </>
  )
}

function isWebAddress(text: string): boolean {
  if (text.length > 2000 || !/^https?:\/\/[^\s]+$/i.test(text)) return false
  try {
    const { protocol } = new URL(text)
    return protocol === 'http:' || protocol === 'https:'
  } catch {
    return false
  }
}
