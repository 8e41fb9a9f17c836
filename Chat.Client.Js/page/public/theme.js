try {
  document.documentElement.dataset.theme = localStorage.getItem('chat.theme') ?? 'system';
} catch {}
