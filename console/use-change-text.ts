/** Changes of a page in a few words: "2 new, 5 moved". */
import { useTranslation } from 'react-i18next'
import type { Changes } from './changes.ts'

export function useChangeText(): (changes: Changes | undefined) => string {
  const { t, i18n } = useTranslation()
  return (changes) => {
    if (!changes) return ''
    const { added, moved, removed } = changes
    const said = [
      added.size > 0 && t('said.new', { count: added.size }),
      moved.size > 0 && t('said.moved', { count: moved.size }),
      removed.size > 0 && t('said.left', { count: removed.size }),
    ].filter((text) => text !== false)
    if (said.length === 0) return t('said.same')
    return said.join(i18n.resolvedLanguage === 'zh' ? '，' : ', ')
  }
}
