using Sampan.Api.FlowControl.V1;
using Sampan.ApiServer.Registry.FlowControl;

namespace Sampan.ApiServer.FlowControl;

/// <summary>
/// Follows the FlowSchemas and PriorityLevelConfigurations: makes the table that requests are matched with, gives each level its
/// seats, and lets levels borrow. What cannot be done without is there, stored or not.
/// </summary>
internal sealed class FlowController : IDisposable
{
    private static readonly TimeSpan BorrowingPeriod = TimeSpan.FromSeconds(10);
    private const double Memory = 0.977;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, FlowSchema> _schemas = [];
    private readonly Dictionary<string, PriorityLevelConfiguration> _configurations = [];
    private readonly Dictionary<string, PriorityLevel> _levels = [];
    private readonly Dictionary<string, double> _demands = [];
    private readonly int _seats;
    private readonly TimeProvider _time;
    private readonly FlowMetrics _metrics;
    private readonly IDisposable[] _subscriptions;
    private readonly ITimer _borrowing;
    private volatile FlowTable _table;

    /// <param name="objects">Where the schemas and levels are.</param>
    /// <param name="seats">How many ordinary requests the server works on at once.</param>
    /// <param name="metrics">Where levels are reported.</param>
    /// <param name="time">The clock.</param>
    public FlowController(IObjectSource objects, int seats, FlowMetrics metrics, TimeProvider time)
    {
        (_seats, _time, _metrics) = (seats, time, metrics);
        foreach (var schema in BootstrapFlowSchemas.Mandatory) _schemas[schema.Metadata.Name] = schema;
        foreach (var level in BootstrapPriorityLevels.Mandatory) _configurations[level.Metadata.Name] = level;
        _table = Build();
        _subscriptions =
        [
            objects.Subscribe<PriorityLevelConfiguration>((old, current) => Change(_configurations, old, current, BootstrapPriorityLevels.Mandatory)),
            objects.Subscribe<FlowSchema>((old, current) => Change(_schemas, old, current, BootstrapFlowSchemas.Mandatory)),
        ];
        _borrowing = time.CreateTimer(_ => Borrow(), null, BorrowingPeriod, BorrowingPeriod);
    }

    public FlowTable Table => _table;

    /// <summary>How the levels are now, by name.</summary>
    public IReadOnlyList<LevelState> Look()
    {
        lock (_lock)
        {
            return [.. _levels.Values.OrderBy(level => level.Name, StringComparer.Ordinal).Select(level => level.Look())];
        }
    }

    public void Dispose()
    {
        _borrowing.Dispose();
        foreach (var subscription in _subscriptions) subscription.Dispose();
    }

    private void Change<T>(Dictionary<string, T> known, T? old, T? current, IReadOnlyList<T> mandatory)
        where T : class, Api.IObject
    {
        lock (_lock)
        {
            string name = (current ?? old)!.Metadata.Name;
            if ((current ?? mandatory.FirstOrDefault(one => one.Metadata.Name == name)) is { } now) known[name] = now;
            else known.Remove(name);
            _table = Build();
        }
    }

    private FlowTable Build()
    {
        ConfigureLevels();
        return new FlowTable(
        [
            .. _schemas.Values.Where(schema => _levels.ContainsKey(schema.Spec.PriorityLevelConfiguration.Name))
                .OrderBy(schema => schema.Spec.MatchingPrecedence).ThenBy(schema => schema.Metadata.Name, StringComparer.Ordinal)
                .Select(schema => new Flow(schema, _levels[schema.Spec.PriorityLevelConfiguration.Name], _metrics)),
        ]);
    }

    private void ConfigureLevels()
    {
        foreach (string gone in _levels.Keys.Except(_configurations.Keys).ToList())
        {
            // Requests that wait in it keep it until they are through.
            _metrics.Forget(gone);
            _levels.Remove(gone);
        }
        PriorityLevelConfiguration[] all = [.. _configurations.Values];
        var limits = LevelLimits.Of([.. all.Select(one => one.Spec)], _seats);
        for (int i = 0; i < all.Length; i++) LevelOf(all[i].Metadata.Name).Configure(all[i], limits[i]);
    }

    private PriorityLevel LevelOf(string name)
    {
        if (_levels.TryGetValue(name, out var known)) return known;
        var level = _levels[name] = new PriorityLevel(name, _time);
        _metrics.Follow(level);
        return level;
    }

    private void Borrow()
    {
        lock (_lock)
        {
            var demands = _levels.Values.ToDictionary(level => level, Demand);
            PriorityLevel[] levels = [.. _levels.Values.Where(level => !level.IsExempt)];
            var shares = SeatBorrowing.Share([.. levels.Select(level => level.Limits)], [.. levels.Select(level => demands[level])]);
            for (int i = 0; i < levels.Length; i++)
                if (levels[i].Seats != shares.Seats[i])
                    levels[i].SetSeats(shares.Seats[i]);
            _metrics.Shared(levels, shares);
        }
    }

    private LevelDemand Demand(PriorityLevel level)
    {
        var period = level.TakeDemand();
        double smoothed = Math.Max(period.Envelope, (Memory * _demands.GetValueOrDefault(level.Name)) + ((1 - Memory) * period.Envelope));
        _demands[level.Name] = smoothed;
        var demand = new LevelDemand(period.Peak, smoothed);
        _metrics.Wanted(level.Name, period, demand);
        return demand;
    }
}
