using System.Globalization;

namespace Sampan.ControllerManager.Tests.Chaos;

/// <summary>
/// Whatever goes wrong on the way (writes that fail or whose answer is lost, caches that lag, managers that die, time without a leader), the end is
/// that of a run without trouble.
/// </summary>
public sealed class ChaosTests
{
    private const int Steps = 20;

    private const int Still = 10;

    /// <summary>SAMPAN_SEEDS=4,5,6 tries other workloads and other troubles.</summary>
    public static TheoryData<int> Seeds =>
        [.. (Environment.GetEnvironmentVariable("SAMPAN_SEEDS") ?? "1,2,3").Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Run_WithTrouble_EndsAsACalmRunDoes(int seed)
    {
        var calm = await RunAsync(seed, trouble: false, null);
        var troubled = await RunAsync(seed, trouble: true, calm);
        Assert.True(calm == troubled, $"calm:\n{calm}\ntroubled:\n{troubled}");
        Assert.Contains("job plain 6 0   Complete,SuccessCriteriaMet held 0", calm, StringComparison.Ordinal);
        Assert.Contains("job broken 0 3   Failed,FailureTarget held 0", calm, StringComparison.Ordinal);
        Assert.Contains("job paused 6 0   Complete,SuccessCriteriaMet held 0", calm, StringComparison.Ordinal);
        Assert.Contains("job enough 1 0 0  Complete,SuccessCriteriaMet held 0", calm, StringComparison.Ordinal);
        Assert.Contains("job indexed 8 7 0-3,5-8 4,9 Failed,FailureTarget held 0", calm, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(int seed, bool trouble, string? expected)
    {
        await using var world = new ChaosWorld(seed * 7919);
        var workload = new Workload(world.Api, seed);
        world.Nodes.Add(3);
        workload.Begin();
        await world.StartManagerAsync();
        if (trouble) world.MakeTrouble();
        for (var i = 0; i < Steps; i++)
        {
            workload.Change();
            if (trouble) await world.StrikeAsync();
            await world.PassAsync(TimeSpan.FromSeconds(3));
            world.Nodes.Step();
        }

        world.EndTrouble();
        var before = "";
        for (int i = 0, still = 0; i < 600; i++)
        {
            world.Nodes.Step();
            await world.SettleAsync(TimeSpan.FromSeconds(20));
            var now = workload.Outcome();
            // The calm run ends when nothing moves for longer than a back-off lasts; the other one when it is there, if it ever is.
            still = world.IsQuiet && now == before ? still + 1 : 0;
            if (expected is null ? i > 50 && still >= Still : i > 10 && now == expected) return now;
            before = now;
        }

        return before;
    }
}
