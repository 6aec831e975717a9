'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { copyText } from './copy-text'
import { IconButton } from './icon-button'

interface CopyButtonProps {
  text: string | (() => string)
  label?: string
  size?: 'md' | 'sm' | 'xs'
  className?: string
}

export function CopyButton({ text, label = 'Copy', size = 'sm', className }: CopyButtonProps) {
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), 1200)
    return () => clearTimeout(timer)
  }, [done])
  return (
    <IconButton
      label={done ? 'Copied' : label}
      size={size}
      className={className}
      onClick={async (event) => {
        event.stopPropagation()
        setDone(await copyText(typeof text === 'function' ? text() : text))
      }}
    >
      {done ? <Check size={13} aria-hidden className="text-ok" /> : <Copy size={13} aria-hidden />}
    </IconButton>
  )
}
