/** Single keys, as long as nobody is typing, no dialog is open and they are not switched off. */
import { useEffect, useEffectEvent, useState } from 'react'

const place = 'kith.shortcuts'
const typing = 'input, textarea, select, [contenteditable], [role="menu"]'

export type Shortcuts = Readonly<Record<string, (focused: HTMLElement | undefined) => void>>

/** Each handler gets the card that holds the focus, if any. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const handler = shortcuts[event.key]
    if (!handler || isElsewhere(event) || !areShortcutsOn()) return
    event.preventDefault()
    handler(document.activeElement?.closest<HTMLElement>('[data-card]') ?? undefined)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}

export function useShortcutsSwitch(): readonly [boolean, (isOn: boolean) => void] {
  const [isOn, setIsOn] = useState(areShortcutsOn)
  const change = (wanted: boolean) => {
    localStorage.setItem(place, wanted ? 'on' : 'off')
    setIsOn(wanted)
  }
  return [isOn, change]
}

function areShortcutsOn(): boolean {
  return localStorage.getItem(place) !== 'off'
}

function isElsewhere({ altKey, ctrlKey, metaKey, isComposing, target }: KeyboardEvent): boolean {
  const isTyping = target instanceof Element && target.closest(typing) !== null
  return altKey || ctrlKey || metaKey || isComposing || isTyping || isDialogOpen()
}

function isDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null
}
