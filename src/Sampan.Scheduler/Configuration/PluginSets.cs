namespace Sampan.Scheduler.Configuration;

/// <summary>The plugins of a profile: for all their extension points together (multiPoint), and point by point.</summary>
public sealed class PluginSets
{
    public PluginSet MultiPoint { get; set; } = new();
    public PluginSet PreEnqueue { get; set; } = new();
    public PluginSet QueueSort { get; set; } = new();
    public PluginSet PreFilter { get; set; } = new();
    public PluginSet Filter { get; set; } = new();
    public PluginSet PostFilter { get; set; } = new();
    public PluginSet PreScore { get; set; } = new();
    public PluginSet Score { get; set; } = new();
    public PluginSet Reserve { get; set; } = new();
    public PluginSet Permit { get; set; } = new();
    public PluginSet PreBind { get; set; } = new();
    public PluginSet Bind { get; set; } = new();
    public PluginSet PostBind { get; set; } = new();

    /// <summary>The sets of the single points under their names in the file.</summary>
    internal IEnumerable<(string Point, PluginSet Set)> ByPoint() =>
    [
        ("preEnqueue", PreEnqueue), ("queueSort", QueueSort), ("preFilter", PreFilter), ("filter", Filter), ("postFilter", PostFilter),
        ("preScore", PreScore), ("score", Score), ("reserve", Reserve), ("permit", Permit), ("preBind", PreBind), ("bind", Bind), ("postBind", PostBind),
    ];
}
