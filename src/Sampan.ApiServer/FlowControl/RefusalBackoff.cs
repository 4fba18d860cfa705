namespace Sampan.ApiServer.FlowControl;

/// <summary>
/// After how many seconds refused clients shall come back. It doubles while at least three requests a second are refused, and falls by
/// one when less than one is: 1 → 2 → 4 … 32 → 31 … 1.
/// </summary>
internal sealed class RefusalBackoff
{
    private const int Longest = 32;

    private readonly Lock _lock = new();
    private readonly Queue<(long Second, int Count)> _history = new();
    private long _second;
    private int _count;
    private int _wait = 1;
    private long _raised;

    /// <summary>Counts one refusal at a time in seconds.</summary>
    /// <returns>How long its client shall wait.</returns>
    public int Refused(long now)
    {
        lock (_lock)
        {
            if (now == _second)
            {
                _count++;
                return _wait;
            }
            Remember();
            (_second, _count) = (now, 1);
            Adjust(now);
            return _wait;
        }
    }

    private void Remember()
    {
        _history.Enqueue((_second, _count));
        while (_second - _history.Peek().Second > Longest)
        {
            _history.Dequeue();
        }
    }

    /// <summary>It rises at most once in its own time, so that one spike counts once.</summary>
    private void Adjust(long now)
    {
        var refused = _history.Where(one => now - one.Second <= _wait && one.Second < now).Sum(one => one.Count);
        if (now - _raised >= _wait && refused >= 3 * _wait)
        {
            (_wait, _raised) = (Math.Min(2 * _wait, Longest), now);
        }
        else if (refused < _wait && _wait > 1)
        {
            _wait--;
        }
    }
}
