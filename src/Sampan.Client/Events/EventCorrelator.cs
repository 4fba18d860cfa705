using Sampan.Api.Core.V1;

namespace Sampan.Client.Events;

/// <summary>
/// Keeps a storm of events small: the same event again only counts up; many alike with different messages become one
/// "combined" event; a source that goes on and on about one object is cut off.
/// </summary>
internal sealed class EventCorrelator(TimeProvider time)
{
    private const int CacheSize = 4096;
    private const int MaxSimilar = 10;
    private static readonly TimeSpan SimilarWindow = TimeSpan.FromMinutes(10);

    private readonly RecentEntries<string, EventBudget> _budgets = new(CacheSize);
    private readonly RecentEntries<string, SimilarEvents> _similar = new(CacheSize);
    private readonly RecentEntries<string, Event> _seen = new(CacheSize);

    /// <summary>What to send for an event; null when its source has used up its budget.</summary>
    public CorrelatedEvent? Correlate(Event e)
    {
        if (!_budgets.GetOrAdd(BudgetKey(e), () => new EventBudget(time)).TryTake()) return null;
        var key = Combine(e) ? SimilarKey(e) : SimilarKey(e) + "\n" + e.Message;
        if (!_seen.TryGet(key, out var known)) return new(e, false, key);

        e.Metadata.Name = known.Metadata.Name;
        e.FirstTimestamp = known.FirstTimestamp;
        e.Count = known.Count + 1;
        return new(e, true, key);
    }

    /// <summary>Remembers what the server stored, for the next one of its kind.</summary>
    public void Stored(CorrelatedEvent sent, Event answer) => _seen.Set(sent.Key, answer);

    private bool Combine(Event e)
    {
        var now = time.GetUtcNow();
        var similar = _similar.GetOrAdd(SimilarKey(e), () => new SimilarEvents());
        if (now - similar.LastSeen > SimilarWindow) similar.Messages.Clear();
        similar.LastSeen = now;
        similar.Messages.Add(e.Message ?? "");
        if (similar.Messages.Count < MaxSimilar) return false;
        similar.Messages.Remove(e.Message ?? "");
        e.Message = "(combined from similar events): " + e.Message;
        return true;
    }

    private static string BudgetKey(Event e) => string.Join(
        '\n', e.Source.Component, e.Source.Host, e.InvolvedObject.Kind, e.InvolvedObject.Namespace, e.InvolvedObject.Name,
        e.InvolvedObject.Uid, e.InvolvedObject.ApiVersion);

    private static string SimilarKey(Event e) => string.Join(
        '\n', BudgetKey(e), e.InvolvedObject.FieldPath, e.Type, e.Reason, e.ReportingComponent, e.ReportingInstance);

    private sealed class SimilarEvents
    {
        public HashSet<string> Messages { get; } = [];

        public DateTimeOffset LastSeen { get; set; }
    }
}
