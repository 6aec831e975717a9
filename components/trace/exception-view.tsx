'use client'

import { useState } from 'react'
import { cn } from '@/components/ui/cn'
import { CopyButton } from '@/components/ui/copy-button'
import { type ExceptionView as Exception, groupFrames, type StackFrame } from '@/lib/trace/exceptions'
import { keyed } from './keyed'
import { LongText } from './long-text'

const FRAMES_AT_FIRST = 30

/** An exception with its stack trace; runs of library frames are folded. */
export function ExceptionView({ exception }: { exception: Exception }) {
  const [all, setAll] = useState(false)
  const { frames } = exception
  const shown = all ? frames : frames.slice(0, FRAMES_AT_FIRST)
  return (
    <section
      aria-label="Exception"
      className="mt-3 overflow-hidden rounded-md border border-l-2 border-error/30 border-l-error bg-error/5"
    >
      <div className="flex items-start gap-2 px-2.5 py-1.5">
        <div className="min-w-0 flex-1 font-mono text-xs break-words">
          <h3 className="font-semibold text-error">{exception.type || 'Exception'}</h3>
          {exception.message === '' ? null : <LongText text={exception.message} />}
          {exception.escaped ? <p className="font-sans text-2xs text-faint">Left the span uncaught</p> : null}
        </div>
        <CopyButton
          text={() => [exception.type, exception.message, exception.stacktrace].filter(Boolean).join('\n')}
          label="Copy exception"
          size="xs"
        />
      </div>
      {shown.length > 0 ? (
        <div className="border-t border-error/20 py-1 font-mono text-2xs leading-[18px]">
          {keyed(groupFrames(shown), (group) => group.frames[0]?.text ?? '').map(({ key, item }) => (
            <Frames key={key} frames={item.frames} folded={item.library} />
          ))}
          {shown.length < frames.length ? (
            <button type="button" className="px-2.5 text-accent hover:underline" onClick={() => setAll(true)}>
              Show all {frames.length} frames
            </button>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}

function Frames({ frames, folded }: { frames: readonly StackFrame[]; folded: boolean }) {
  const [open, setOpen] = useState(!folded)
  if (!open) {
    return (
      <button
        type="button"
        className="block w-full px-2.5 text-left text-muted hover:bg-hover hover:text-fg"
        onClick={() => setOpen(true)}
      >
        ▸ {frames.length} library frames
      </button>
    )
  }
  return (
    <pre className={cn('px-2.5 break-all whitespace-pre-wrap', folded ? 'text-muted' : 'text-fg')}>
      {frames.map((frame) => frame.text).join('\n')}
    </pre>
  )
}
