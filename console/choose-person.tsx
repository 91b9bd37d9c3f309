/** The first view: whose feed is to be seen? */
import { useTranslation } from 'react-i18next'
import { PersonPicker } from './person-picker.tsx'
import { goTo } from './use-address.ts'

export function ChoosePerson() {
  const { t } = useTranslation()
  return (
    <main id="main" className="mx-auto max-w-2xl px-4 py-10 sm:py-16">
      <h1 className="font-serif text-4xl leading-tight tracking-tight">{t('person.choose')}</h1>
      <p className="mt-3 mb-8 max-w-prose text-lg text-soft">{t('person.chooseWhy')}</p>
      <PersonPicker onPick={({ id }) => goTo({ userId: id, feed: 'home' })} />
    </main>
  )
}
