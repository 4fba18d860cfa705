namespace Sampan.Proxy.Sync;

/// <summary>Changes seen since a moment, and when the pods and Services behind them changed.</summary>
internal sealed class ChangeBatch
{
    public DateTimeOffset? Since { get; private set; }

    public int Services { get; set; }

    public int Endpoints { get; set; }

    public List<DateTimeOffset> Triggers { get; } = [];

    public void Begin(DateTimeOffset now) => Since ??= now;

    public void Add(ChangeBatch later)
    {
        Since ??= later.Since;
        Services += later.Services;
        Endpoints += later.Endpoints;
        Triggers.AddRange(later.Triggers);
    }
}
