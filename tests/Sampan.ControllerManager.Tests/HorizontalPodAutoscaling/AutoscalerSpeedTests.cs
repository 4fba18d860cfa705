using Microsoft.Extensions.Logging.Abstractions;
using Sampan.ControllerManager.MetricsServer;

namespace Sampan.ControllerManager.Tests.HorizontalPodAutoscaling;

/// <summary>When an autoscaler acts: windows, policies, and how soon after a change of load.</summary>
public sealed class AutoscalerSpeedTests : AutoscalerTests
{
    [Fact]
    public async Task Reconcile_LoadFalls_ScalesDownAfterTheWindow()
    {
        Put(6, "10,10,10,10,10,10");
        await StartAsync(Cpu(50));
        Assert.Equal(6, Replicas);
        Assert.Equal("ScaleDownStabilized", Condition("AbleToScale").Reason);
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(290));
        Assert.Equal(6, Replicas);
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(2, Replicas);
    }

    /// <summary>The load may rise at any moment of the autoscaler's period, and right after the kubelets were asked.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(1999)]
    public async Task Reconcile_LoadRises_ReactsWithinFiveSeconds(int milliseconds)
    {
        Put(2, "50,50");
        await StartAsync(Cpu(50));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(1) + TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(2, Replicas);
        var unseen = new MetricsServerOptions { Client = () => Api.Client, Logs = NullLoggerFactory.Instance }.Interval;
        await Harness.AdvanceAsync(unseen);
        Cpus["web-0"] = Cpus["web-1"] = 100;
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(5) - unseen);
        Assert.Equal(4, Replicas);
        await SaidAsync("New size: 4; reason: cpu resource utilization (percentage of request) above target");
    }

    [Fact]
    public async Task Reconcile_LoadWavers_DoesNotFlap()
    {
        Put(4, "50,50,50,50");
        await StartAsync(Cpu(50));
        var sizes = new List<int>();
        for (var i = 0; i < 60; i++)
        {
            foreach (var name in Cpus.Keys) Cpus[name] = i % 2 == 0 ? 30 : 54;
            await Harness.AdvanceAsync(TimeSpan.FromSeconds(3));
            sizes.Add(Replicas);
        }

        Assert.Equal([4], sizes.Distinct());
    }

    [Theory]
    [InlineData("Pods", 4, 6, "ScaleUpLimit")]
    [InlineData("Percent", 50, 6, "ScaleUpLimit")]
    [InlineData("Disabled", 0, 4, "ScaleUpLimit")]
    public async Task Reconcile_UpPolicies_LimitTheSpeed(string type, int value, int expected, string reason)
    {
        Put(4, "200,200,200,200");
        await StartAsync(Cpu(50), h => h.Spec.Behavior = new()
        {
            ScaleUp = new()
            {
                SelectPolicy = type == "Disabled" ? "Disabled" : "Min",
                Policies = [new() { Type = type == "Disabled" ? "Pods" : type, Value = type == "Pods" ? 2 : value, PeriodSeconds = 60 }],
            },
        });
        Assert.Equal(expected, Replicas);
        Assert.Equal(("True", reason), (Condition("ScalingLimited").Status, Condition("ScalingLimited").Reason));
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(50));
        Assert.Equal(expected, Replicas);
    }

    [Fact]
    public async Task Reconcile_DownPolicies_LimitTheSpeed()
    {
        Put(8, "5,5,5,5,5,5,5,5");
        await StartAsync(Cpu(50), h => h.Spec.Behavior = new()
        {
            ScaleDown = new() { StabilizationWindowSeconds = 0, Policies = [new() { Type = "Pods", Value = 2, PeriodSeconds = 60 }] },
        });
        Assert.Equal(6, Replicas);
        Assert.Equal("ScaleDownLimit", Condition("ScalingLimited").Reason);
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(50));
        Assert.Equal(6, Replicas);
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(4, Replicas);
    }

    [Fact]
    public async Task Reconcile_UpWindow_WaitsForTheLoadToLast()
    {
        Put(2, "50,50");
        await StartAsync(Cpu(50), h => h.Spec.Behavior = new() { ScaleUp = new() { StabilizationWindowSeconds = 60 } });
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(2));
        Cpus["web-0"] = Cpus["web-1"] = 100;
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(50));
        Assert.Equal(2, Replicas);
        Assert.Equal("ScaleUpStabilized", Condition("AbleToScale").Reason);
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(4, Replicas);
    }
}
