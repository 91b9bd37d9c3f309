/** A button under a card: an icon, a word, and whether it has been pressed. */
import { Icon, type IconName } from './icon.tsx'

interface Properties {
  readonly icon: IconName
  readonly label: string
  /** Longer words for the tip and for readers of the screen; begins with the label. */
  readonly tip?: string
  readonly isPressed?: boolean
  readonly onPress: () => void
}

export function ActionButton({ icon, label, tip, isPressed, onPress }: Properties) {
  return (
    <button
      type="button"
      title={tip}
      aria-label={tip}
      aria-pressed={isPressed}
      onClick={onPress}
      className="flex min-h-11 items-center gap-1.5 rounded-full px-2.5 text-soft text-sm hover:bg-wash hover:text-ink aria-pressed:text-seal sm:min-h-9 sm:px-3"
    >
      <Icon name={icon} isFilled={icon === 'heart' && isPressed === true} />
      {label}
    </button>
  )
}
