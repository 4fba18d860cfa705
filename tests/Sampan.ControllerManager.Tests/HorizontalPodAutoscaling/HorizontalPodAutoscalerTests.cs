using Sampan.Api.Core.V1;
using HorizontalPodAutoscaler = Sampan.Api.Autoscaling.V2.HorizontalPodAutoscaler;

namespace Sampan.ControllerManager.Tests.HorizontalPodAutoscaling;

/// <summary>Whether an autoscaler acts, and how far.</summary>
public sealed class HorizontalPodAutoscalerTests : AutoscalerTests
{
    [Theory]
    [InlineData(3, 50, "50,50,50", 3)]
    [InlineData(3, 50, "52,54,52", 3)]
    [InlineData(3, 50, "100,100,100", 6)]
    [InlineData(3, 50, "60,60,60", 4)]
    [InlineData(3, 50, "500,500,500", 6)]
    [InlineData(1, 50, "500", 4)]
    [InlineData(4, 50, "200,200,-,-", 8)]
    [InlineData(4, 50, "60,60,-,-", 4)]
    public async Task Reconcile_CpuUtilization_ScalesUpAsFarAsSamplesAndSpeedAllow(int replicas, int target, string percent, int expected)
    {
        Put(replicas, percent);
        await StartAsync(Cpu(target));
        Assert.Equal(expected, Replicas);
        Assert.Equal(expected, Status.DesiredReplicas);
        Assert.Equal("True", Condition("ScalingActive").Status);
        Assert.Equal("ValidMetricFound", Condition("ScalingActive").Reason);
    }

    [Theory]
    [InlineData("Ready", 4)]
    [InlineData("Pending", 3)]
    [InlineData("NotReady", 3)]
    [InlineData("Going", 3)]
    [InlineData("Failed", 3)]
    public async Task Reconcile_PodThatCarriesNoLoad_CountsAsIdleOrNotAtAll(string state, int expected)
    {
        Put(3, "100,100,100", (pod, i) =>
        {
            if (i < 2) return;
            if (state is "Pending" or "Failed") pod.Status.Phase = state;
            if (state == "NotReady") pod.Status.Conditions![0].Status = "False";
            if (state == "Going") (pod.Metadata.DeletionTimestamp, pod.Metadata.Finalizers) = (Harness.Time.GetUtcNow(), ["a/b"]);
        });
        await StartAsync(Cpu(75));
        Assert.Equal(expected, Replicas);
    }

    [Theory]
    [InlineData(2, 10, 1, 2, "Current number of replicas below Spec.MinReplicas")]
    [InlineData(2, 3, 5, 3, "Current number of replicas above Spec.MaxReplicas")]
    public async Task Reconcile_OutsideItsBounds_IsBroughtBack(int min, int max, int replicas, int expected, string reason)
    {
        Put(replicas, "50,50,50,50,50");
        await StartAsync(Cpu(50), h => (h.Spec.MinReplicas, h.Spec.MaxReplicas) = (min, max));
        Assert.Equal(expected, Replicas);
        await SaidAsync($"New size: {expected}; reason: {reason}");
    }

    [Fact]
    public async Task Reconcile_TargetOfZero_IsLeftAlone()
    {
        Put(0, "");
        await StartAsync(Cpu(50));
        Assert.Equal(0, Replicas);
        Assert.Equal(("False", "ScalingDisabled"), (Condition("ScalingActive").Status, Condition("ScalingActive").Reason));
    }

    [Theory]
    [InlineData("0.5", 4)]
    [InlineData("0.05", 5)]
    public async Task Reconcile_Tolerance_DecidesWhatIsWorthAChange(string tolerance, int expected)
    {
        Put(4, "56,56,56,56");
        await StartAsync(Cpu(50), h => h.Spec.Behavior = new() { ScaleUp = new() { Tolerance = Quantity.Parse(tolerance) } });
        Assert.Equal(expected, Replicas);
    }

    [Fact]
    public async Task Reconcile_NoSelector_SaysSo()
    {
        TargetSelector = "";
        Put(2, "100,100");
        await StartAsync(Cpu(50));
        Assert.Equal(("InvalidSelector", "the HPA target's scale is missing a selector"), (Condition("ScalingActive").Reason, Condition("ScalingActive").Message));
    }

    [Fact]
    public async Task Reconcile_TwoForTheSamePods_NeitherActs()
    {
        Put(2, "100,100");
        var other = new HorizontalPodAutoscaler { Metadata = new ObjectMeta { Namespace = "default", Name = "rival" }, Spec = Spec(Cpu(50)) };
        await StartAsync(Cpu(50), h => h.Spec.MaxReplicas = 2);
        Api.Put(other);
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("AmbiguousSelector", Condition("ScalingActive").Reason);
        Assert.Equal(2, Replicas);
    }

    [Fact]
    public async Task Reconcile_NoTarget_SaysSo()
    {
        Put(2, "100,100");
        await StartAsync(Cpu(50), h => h.Spec.ScaleTargetRef.Name = "nobody");
        Assert.Equal(("False", "FailedGetScale"), (Condition("AbleToScale").Status, Condition("AbleToScale").Reason));
    }
}
