/* What makes the pages better where scripts run. Without it everything still works. */
(() => {
  'use strict';

  const text = (element, name) => element.dataset[name] || '';

  /* A form is sent once; what is typed stays when there is no connection. */
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    const offline = document.getElementById('offline');
    if (offline) {
      offline.hidden = navigator.onLine;
      if (!navigator.onLine) {
        event.preventDefault();
        offline.focus();
        return;
      }
    }
    if (form.method === 'post' && !form.hasAttribute('hx-post')) {
      form.dataset.sent = 'yes';
      (event.submitter || form).setAttribute('aria-disabled', 'true');
    }
  });
  window.addEventListener('pageshow', event => {
    // shown from memory: what is held or booked may be so no longer
    if (event.persisted && document.querySelector('[data-now]')) {
      location.reload();
      return;
    }
    if (event.persisted) begin();
    document.querySelectorAll('form[data-sent]').forEach(form => {
      delete form.dataset.sent;
      form.querySelectorAll('[aria-disabled]').forEach(button => button.removeAttribute('aria-disabled'));
    });
  });

  /* A hold: how much time is left, said when it matters. */
  let ticking;
  function countDown() {
    clearInterval(ticking);
    const hold = document.querySelector('[data-left-seconds]');
    if (!hold) return;
    const shown = hold.querySelector('[data-left]');
    const said = document.getElementById('said');
    const whole = Number(hold.dataset.wholeSeconds);
    const ends = performance.now() + Number(hold.dataset.leftSeconds) * 1000;
    const warnAt = Math.min(120, whole / 3);
    let warned = false;
    const tick = () => {
      const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
      shown.textContent = Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0');
      if (left <= warnAt && !warned) {
        warned = true;
        hold.classList.add('warn');
        if (left > 0) said.textContent = text(hold, 'warning');
      }
      if (left === 0) {
        clearInterval(ticking);
        hold.classList.remove('warn');
        hold.classList.add('bad');
        hold.querySelectorAll('[data-while-held]').forEach(part => { part.hidden = true; });
        hold.querySelectorAll('[data-when-over]').forEach(part => { part.hidden = false; });
        said.textContent = text(hold, 'over');
      }
    };
    tick();
    ticking = setInterval(tick, 500);
  }

  /* What was typed outlives a hold, a reload and a way back, in this tab only. */
  const drawer = {
    get: key => { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } },
    put: (key, value) => { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* not allowed here */ } },
    drop: key => { try { sessionStorage.removeItem(key); } catch { /* not allowed here */ } }
  };
  function keepWhatIsTyped() {
    const form = document.querySelector('form[data-keep]');
    if (document.querySelector('[data-done]')) {
      drawer.drop('typed');
      drawer.drop('held');
    }
    if (!form) return;
    const typed = drawer.get('typed') || {};
    for (const field of form.elements) {
      if (!field.name || field.type === 'hidden' || !(field.name in typed)) continue;
      if (field.type === 'radio') field.checked = field.checked || typed[field.name] === field.value;
      else if (!field.value) field.value = typed[field.name];
    }
    form.addEventListener('input', () => {
      const now = drawer.get('typed') || {};
      for (const field of form.elements) {
        if (!field.name || field.type === 'hidden' || (field.type === 'radio' && !field.checked)) continue;
        now[field.name] = field.value;
      }
      drawer.put('typed', now);
    });
  }

  /* Whoever goes back and takes another time gives the first one back. */
  function rememberTheHold() {
    const hold = document.querySelector('[data-hold]');
    if (hold) drawer.put('held', hold.dataset.hold);
    const held = drawer.get('held');
    document.querySelectorAll('input[name=held]').forEach(field => { if (!field.value && held) field.value = held; });
  }

  /* Times are the branch's; that is said where the visitor's clock shows others. */
  function sayTheZone() {
    document.querySelectorAll('[data-zone]').forEach(note => {
      const at = new Date(note.dataset.at || Date.now());
      const clock = zone => at.toLocaleString('en-GB', zone ? { timeZone: zone } : {});
      try { note.hidden = clock(note.dataset.zone) === clock(); } catch { note.hidden = false; }
    });
  }

  /* Branches by distance, once the visitor wants it. */
  function offerDistance() {
    const button = document.getElementById('nearest');
    const list = document.querySelector('[data-branches]');
    if (!button || !list || !navigator.geolocation) return;
    button.hidden = false;
    button.addEventListener('click', () => navigator.geolocation.getCurrentPosition(
      here => sortByDistance(list, here.coords),
      () => { document.getElementById('said').textContent = text(button, 'unknown'); }));
  }
  function sortByDistance(list, here) {
    const inMiles = list.dataset.unit === 'mile';
    const format = new Intl.NumberFormat(document.documentElement.lang,
      { style: 'unit', unit: list.dataset.unit, maximumFractionDigits: 1 });
    const rad = degrees => degrees * Math.PI / 180;
    const kilometres = (latitude, longitude) => {
      const a = Math.sin(rad(latitude - here.latitude) / 2) ** 2
        + Math.cos(rad(latitude)) * Math.cos(rad(here.latitude)) * Math.sin(rad(longitude - here.longitude) / 2) ** 2;
      return 12742 * Math.asin(Math.sqrt(a));
    };
    const far = item => item.dataset.latitude
      ? kilometres(Number(item.dataset.latitude), Number(item.dataset.longitude)) : Infinity;
    const items = [...list.children].sort((one, other) => far(one) - far(other));
    items.forEach(item => {
      const distance = far(item);
      const shown = item.querySelector('.far');
      if (Number.isFinite(distance)) {
        shown.textContent = format.format(inMiles ? distance / 1.609344 : distance);
        shown.hidden = false;
      }
      list.append(item);
    });
    document.getElementById('said').textContent = text(document.getElementById('nearest'), 'sorted');
  }

  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    document.querySelectorAll('details.menu[open]').forEach(menu => {
      menu.open = false;
      menu.querySelector('summary').focus();
    });
  });

  function begin() {
    countDown();
    sayTheZone();
    rememberTheHold();
  }
  begin();
  keepWhatIsTyped();
  offerDistance();
  document.body.addEventListener('htmx:afterSettle', event => {
    begin();
    const news = event.target.querySelector('[data-say]');
    if (news) document.getElementById('said').textContent = news.textContent;
  });
  const wrong = document.querySelector('[data-focus]');
  if (wrong) wrong.focus();

  /* A file is put into a text that the page sends anyway. */
  document.querySelectorAll('[data-file-into]').forEach(file => {
    file.closest('[data-file-field]').hidden = false;
    file.addEventListener('change', async () => {
      if (file.files.length) document.getElementById(file.dataset.fileInto).value = await file.files[0].text();
    });
  });
})();
