'use client'

import { type FormEvent, useState } from 'react'
import { usePreferences } from '@/components/frame/preferences'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Input } from '@/components/ui/input'
import { Segmented } from '@/components/ui/segmented'
import { formatDateTime, type Zone } from '@/lib/time/clock'
import { resolveRange, type TextRange } from '@/lib/time/text-range'
import { parseTypedRange } from '@/lib/time/typed-range'
import { Calendar } from './calendar'
import { PRESETS } from './presets'

interface RangePanelProps {
  range: TextRange
  onApply: (range: TextRange) => void
}

/** Three ways to say when: typed words, a preset, or two moments with a calendar. */
export function RangePanel({ range, onApply }: RangePanelProps) {
  const { preferences, setPreference } = usePreferences()
  const { zone } = preferences
  const [opened] = useState(() => Date.now())
  const [typed, setTyped] = useState('')
  const read = parseTypedRange(typed, { nowMs: opened, zone })

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (read) onApply(read)
  }
  return (
    <div className="w-[540px] max-w-full">
      <form onSubmit={submit} className="border-b p-2">
        <Input
          autoFocus
          value={typed}
          aria-label="Type a time range"
          aria-invalid={typed !== '' && !read}
          placeholder="last 2h · yesterday · 2026-11-20 09:00 to 10:00"
          className="w-full"
          onChange={(event) => setTyped(event.target.value)}
        />
        <p aria-live="polite" className="min-h-4 px-1 pt-1 text-2xs text-faint">
          {typed === ''
            ? 'Type a range and press Enter'
            : read
              ? describeRange(read, zone, opened)
              : 'Not a range yet'}
        </p>
      </form>
      <div className="flex">
        <ul className="w-40 shrink-0 border-r p-1.5">
          {PRESETS.map((preset) => {
            const current = preset.range.from === range.from && preset.range.to === range.to
            return (
              <li key={preset.label}>
                <button
                  type="button"
                  aria-current={current || undefined}
                  className={cn(
                    'h-7 w-full rounded-sm px-2 text-left hover:bg-hover',
                    current && 'bg-accent-soft font-medium text-accent',
                  )}
                  onClick={() => onApply(preset.range)}
                >
                  {preset.label}
                </button>
              </li>
            )
          })}
        </ul>
        <AbsoluteRange key={zone} range={range} zone={zone} nowMs={opened} onApply={onApply} />
      </div>
      <div className="flex items-center justify-between border-t px-3 py-2">
        <span className="text-xs text-faint">
          {zone === 'utc'
            ? 'Times are in UTC'
            : `Times are in ${Intl.DateTimeFormat().resolvedOptions().timeZone}`}
        </span>
        <Segmented
          size="sm"
          label="Time zone"
          value={zone}
          options={[
            { value: 'local', label: 'Local' },
            { value: 'utc', label: 'UTC' },
          ]}
          onChange={(value) => setPreference('zone', value)}
        />
      </div>
    </div>
  )
}

function AbsoluteRange({ range, zone, nowMs, onApply }: RangePanelProps & { zone: Zone; nowMs: number }) {
  const resolved = resolveRange(range, nowMs)
  const [from, setFrom] = useState(resolved ? formatDateTime(resolved.from, zone, 0) : '')
  const [to, setTo] = useState(resolved ? formatDateTime(resolved.to, zone, 0) : '')
  const read = parseTypedRange(`${from} to ${to}`, { nowMs, zone })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (read) onApply(read)
  }
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-1 flex-col gap-2 p-3">
      <Calendar
        from={from.slice(0, 10)}
        to={to.slice(0, 10)}
        onChange={(first, last) => {
          setFrom(`${first} 00:00:00`)
          setTo(last === null ? `${first} 24:00:00` : `${last} 24:00:00`)
        }}
      />
      <div className="grid grid-cols-[auto_1fr] items-center gap-x-2 gap-y-1.5">
        <label htmlFor="range-from" className="text-xs text-muted">
          From
        </label>
        <Input id="range-from" value={from} className="font-mono" onChange={(e) => setFrom(e.target.value)} />
        <label htmlFor="range-to" className="text-xs text-muted">
          To
        </label>
        <Input id="range-to" value={to} className="font-mono" onChange={(e) => setTo(e.target.value)} />
      </div>
      <Button type="submit" variant="primary" disabled={!read}>
        Apply
      </Button>
    </form>
  )
}

function describeRange(range: TextRange, zone: Zone, nowMs: number): string {
  const resolved = resolveRange(range, nowMs)
  return resolved ? `${formatDateTime(resolved.from, zone, 0)} – ${formatDateTime(resolved.to, zone, 0)}` : ''
}
