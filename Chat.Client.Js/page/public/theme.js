// Runs before the first paint, so that a chosen theme does not flash up in the other one.
(() => {
  try {
    const theme = localStorage.getItem('chat.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is closed to this page: it follows the system.
  }
})();
