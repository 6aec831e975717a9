'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '@/components/ui/menu'
import { usePreferences } from './preferences'

const ICON = { system: Monitor, dark: Moon, light: Sun } as const

export function ThemeMenu({ className, children }: { className: string; children?: ReactNode }) {
  const { preferences, setPreference } = usePreferences()
  const Icon = ICON[preferences.theme]
  return (
    <Menu>
      <MenuTrigger aria-label="Theme" className={className}>
        <Icon size={16} strokeWidth={1.8} aria-hidden className="shrink-0" />
        {children}
      </MenuTrigger>
      <MenuContent side="right" align="end">
        <MenuRadioGroup
          value={preferences.theme}
          onValueChange={(theme) =>
            setPreference('theme', theme === 'dark' || theme === 'light' ? theme : 'system')
          }
        >
          <MenuRadioItem value="system">As the system</MenuRadioItem>
          <MenuRadioItem value="dark">Dark</MenuRadioItem>
          <MenuRadioItem value="light">Light</MenuRadioItem>
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  )
}
