using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Plugins.Devices;
using Sampan.Scheduler.Plugins.Volumes;

namespace Sampan.Scheduler.Tests;

/// <summary>What holds of devices and volumes after any sequence of pods that are placed, given up, written and gone.</summary>
public sealed class ClaimPropertyTests
{
    // The same sequences in every run: a failure is there for whoever looks for it.
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(40)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20_260_102UL, 7UL), null)));

    [Fact]
    public void Devices_AfterAnyEvents_AreNeverPromisedTwice() => Check(world =>
    {
        var held = world.Allocations().SelectMany(claim => claim.Status.Allocation!.Devices.Results!).ToList();
        Assert.Empty(held.Where(result => result.ShareID is null).GroupBy(result => (result.Pool, result.Device)).Where(group => group.Count() > 1).Select(group => group.Key));
        foreach (var shared in held.Where(result => result.ShareID is not null).GroupBy(result => result.Pool))
        {
            Assert.True(shared.Sum(result => result.ConsumedCapacity!["memory"].AsLong()) <= ClaimWorld.SharedMemory, shared.Key);
        }
        foreach (var parts in held.Where(result => result.Device.StartsWith("part", StringComparison.Ordinal)).GroupBy(result => result.Pool))
        {
            Assert.True(parts.Sum(result => ClaimWorld.SlicesOf(result.Device)) <= ClaimWorld.Slices, parts.Key);
        }
    });

    [Fact]
    public void Devices_AfterAnyEvents_AreOfThePodsNodeAndOfTheRightKind() => Check(world =>
    {
        foreach (var (pod, node) in world.Placed)
        {
            foreach (var result in world.AllocationsOf(pod).SelectMany(claim => claim.Status.Allocation!.Devices.Results!))
            {
                Assert.Equal(node, result.Pool);
                Assert.StartsWith(ClaimWorld.DeviceOf(pod), result.Device, StringComparison.Ordinal);
            }
        }
    });

    [Fact]
    public void Ledger_AfterAnyEvents_EqualsOneMadeAnew() => Check(world =>
    {
        var (kept, fresh) = (DeviceLedger.Of(world.Cluster.Objects), new DeviceLedger(world.Cluster.Objects));
        foreach (var pool in kept.Pools.ReachableFrom(world.Cluster.Find("n0")!.Node!).Concat(kept.Pools.ReachableFrom(world.Cluster.Find("n1")!.Node!)))
        {
            foreach (var device in pool.Devices)
            {
                Assert.Equal((fresh.IsTaken(device.Id), fresh.IsInUse(device.Id), fresh.UsedOf(device.Id, "memory")), (kept.IsTaken(device.Id), kept.IsInUse(device.Id), kept.UsedOf(device.Id, "memory")));
            }
        }
    });

    [Fact]
    public void Volumes_AfterAnyEvents_AreOfOneClaimAndOfThePodsNode() => Check(world =>
    {
        var volumes = world.Cluster.Objects.Of<PersistentVolume>().All.Where(volume => volume.Spec.ClaimRef is not null).ToList();
        Assert.Empty(volumes.GroupBy(volume => volume.Spec.ClaimRef!.Name).Where(group => group.Count() > 1).Select(group => group.Key));
        foreach (var (pod, node) in world.Placed.Where(placed => PodClaims.HasAny(placed.Pod.Pod)))
        {
            var volume = Assert.Single(volumes, volume => volume.Spec.ClaimRef!.Name == PodClaims.Names(pod.Pod).Single().Name);
            Assert.True(VolumeMatch.CanBeUsedOn(volume, world.Cluster.Find(node)!.Node!));
        }
    });

    [Fact]
    public void Cycle_EqualCluster_GivesAnEqualAnswer() => Prop.ForAll(Events(), events =>
        Assert.Equal(new ClaimWorld(events).Decisions, new ClaimWorld(events).Decisions)).Check(Fixed);

    [Fact]
    public void Cycle_AfterAnyEvents_RefusesOnlyWhatFitsNowhereOnAClusterMadeAnew() => Check(world => Assert.All(world.Decisions, decision => Assert.Equal(decision.FitsAnew, decision.Node is not null)));

    private static void Check(Action<ClaimWorld> holds) => Prop.ForAll(Events(), events => holds(new ClaimWorld(events))).Check(Fixed);

    private static Arbitrary<ClaimWorld.Event[]> Events()
    {
        var single = from kind in Gen.Choose(0, 9) from pod in Gen.Choose(0, 27) select new ClaimWorld.Event(kind, pod);
        return Gen.ArrayOf(single, 60).ToArbitrary();
    }
}
