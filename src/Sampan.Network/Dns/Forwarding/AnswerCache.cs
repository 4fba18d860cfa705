using System.Collections.Concurrent;
using Sampan.Network.Dns.Message;

namespace Sampan.Network.Dns.Forwarding;

/// <summary>
/// Upstream's answers, kept for as long as they say and within a bounded size. When full, whatever expires within the next
/// sweep goes, then as many others as it takes: being asked again is cheap, keeping an order of use would not be.
/// </summary>
internal sealed class AnswerCache(TimeProvider time, int maxBytes)
{
    private readonly ConcurrentDictionary<ReadOnlyMemory<byte>, Entry> _entries = new(DnsNameComparer.Instance);
    private long _bytes;

    public int Count => _entries.Count;

    /// <summary>Finds an answer that is still good, and its age in seconds.</summary>
    public UpstreamAnswer? Find(ReadOnlyMemory<byte> key, out uint age)
    {
        age = 0;
        if (!_entries.TryGetValue(key, out var entry)) return null;
        double elapsed = time.GetElapsedTime(entry.Stored).TotalSeconds;
        if (elapsed >= entry.Answer.Seconds)
        {
            Remove(key);
            return null;
        }

        age = (uint)elapsed;
        return entry.Answer;
    }

    public void Add(byte[] key, UpstreamAnswer answer)
    {
        if (answer.Seconds == 0) return;
        if (Volatile.Read(ref _bytes) + answer.Size > maxBytes) MakeRoom();
        Remove(key);
        if (_entries.TryAdd(key, new Entry(answer, time.GetTimestamp()))) Interlocked.Add(ref _bytes, answer.Size);
    }

    public void Clear()
    {
        foreach (var key in _entries.Keys) Remove(key);
    }

    private void MakeRoom()
    {
        foreach (var (key, entry) in _entries)
        {
            if (time.GetElapsedTime(entry.Stored).TotalSeconds >= entry.Answer.Seconds) Remove(key);
        }

        foreach (var key in _entries.Keys)
        {
            if (Volatile.Read(ref _bytes) <= maxBytes * 3L / 4) return;
            Remove(key);
        }
    }

    private void Remove(ReadOnlyMemory<byte> key)
    {
        if (_entries.TryRemove(key, out var entry)) Interlocked.Add(ref _bytes, -entry.Answer.Size);
    }

    private sealed record Entry(UpstreamAnswer Answer, long Stored);
}
