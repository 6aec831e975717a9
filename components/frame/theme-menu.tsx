'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '@/components/ui/menu'
import { usePreferences } from './preferences'

const ICON = { system: Monitor, dark: Moon, light: Sun } as const

export function ThemeMenu({ className }: { className: string }) {
  const { preferences, setPreference } = usePreferences()
  const Icon = ICON[preferences.theme]
  return (
    <Menu>
      <MenuTrigger aria-label="Theme" className={className}>
        <Icon size={16} strokeWidth={1.8} aria-hidden />
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
