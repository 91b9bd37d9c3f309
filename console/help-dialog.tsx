/** The keys, and the switch that turns them off. Opened by its button or by `?`. */
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icon.tsx'
import { useShortcuts, useShortcutsSwitch } from './use-shortcuts.ts'

const rows = [
  ['j', 'help.next'],
  ['k', 'help.previous'],
  ['l', 'help.like'],
  ['h', 'help.hide'],
  ['m', 'help.more'],
  ['x', 'help.less'],
  ['w', 'help.why'],
  ['r', 'help.related'],
  ['1 – 4', 'help.tabs'],
  ['t', 'help.learning'],
  ['/', 'help.person'],
  ['?', 'help.help'],
] as const

export function HelpDialog() {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const [isOn, setIsOn] = useShortcutsSwitch()
  useShortcuts({ '?': () => dialog.current?.showModal() })
  return (
    <>
      <button
        type="button"
        onClick={() => dialog.current?.showModal()}
        aria-label={t('app.help')}
        title={t('app.help')}
        className="hidden size-8 place-items-center rounded-full border border-line bg-surface text-lg text-soft hover:text-ink sm:grid"
      >
        <Icon name="keyboard" />
      </button>
      <dialog
        ref={dialog}
        aria-labelledby="help-title"
        className="w-88 max-w-[calc(100vw-2rem)] rounded-2xl border border-line bg-surface p-6 shadow-xl"
      >
        <h2 id="help-title" className="font-serif text-xl">
          {t('help.title')}
        </h2>
        <dl className="my-4 divide-y divide-line">
          {rows.map(([keys, what]) => (
            <div key={keys} className="flex items-center justify-between py-1.5">
              <dt>{t(what)}</dt>
              <dd>
                <kbd className="inline-block min-w-7 rounded-md border border-line bg-sunken px-1.5 text-center font-mono text-sm">
                  {keys}
                </kbd>
              </dd>
            </div>
          ))}
        </dl>
        <label className="flex items-center gap-2.5 text-sm">
          <input
            type="checkbox"
            checked={isOn}
            onChange={({ target }) => setIsOn(target.checked)}
            className="size-4"
          />
          {t('help.switch')}
        </label>
        <form method="dialog" className="mt-5 text-right">
          <button
            type="submit"
            className="rounded-lg bg-accent px-4 py-2 text-on-accent text-sm hover:opacity-90"
          >
            {t('app.close')}
          </button>
        </form>
      </dialog>
    </>
  )
}
