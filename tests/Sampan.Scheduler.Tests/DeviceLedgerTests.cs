using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.Api.Resource.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Plugins.Devices;

namespace Sampan.Scheduler.Tests;

public sealed class DeviceLedgerTests
{
    private const int Devices = 8;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Ledger_AfterAnyChanges_EqualsOneMadeAnew(int seed)
    {
        var random = new Random(seed);
        var objects = new ClusterObjects();
        var claims = objects.Of<ResourceClaim>();
        var ledger = DeviceLedger.Of(objects);
        for (var step = 0; step < 400; step++)
        {
            var name = $"c{random.Next(Devices)}";
            var known = claims.Find(name, "default");
            switch (random.Next(4))
            {
                case 0: claims.Set(known, Claim(name, step, random)); break;
                case 1 when known is not null: claims.Assume(Claim(name, step, random)); break;
                case 2 when known is not null: claims.Restore(known); break;
                case 3 when known is not null: claims.Set(known, null); break;
            }
            Compare(ledger, claims.All);
        }
    }

    [Fact]
    public void Pools_SliceChanges_OthersAreKept()
    {
        var objects = new ClusterObjects();
        var slices = objects.Of<ResourceSlice>();
        slices.Set(null, Slice("a", 1));
        var before = Slice("b", 1);
        slices.Set(null, before);
        var ledger = DeviceLedger.Of(objects);
        var (a, b) = (PoolOf(ledger, "a"), PoolOf(ledger, "b"));
        slices.Set(before, Slice("b", 2));
        Assert.Same(a, PoolOf(ledger, "a"));
        Assert.NotSame(b, PoolOf(ledger, "b"));
    }

    // Claim n has device n, or a part of the one that all share.
    private static ResourceClaim Claim(string name, int version, Random random)
    {
        var result = new DeviceRequestAllocationResult { Request = "r", Driver = "d", Pool = "p", Device = name };
        if (random.Next(2) == 0)
        {
            (result.Device, result.ShareID) = ("shared", Guid.NewGuid().ToString());
            result.ConsumedCapacity = new() { ["memory"] = new Quantity(random.Next(1, 10)) };
        }
        return new ResourceClaim
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = name, ResourceVersion = $"{version}" },
            Status = new ResourceClaimStatus { Allocation = random.Next(4) == 0 ? null : new AllocationResult { Devices = new DeviceAllocationResult { Results = [result] } } },
        };
    }

    private static void Compare(DeviceLedger ledger, IEnumerable<ResourceClaim> claims)
    {
        var results = claims.SelectMany(claim => (claim.Status.Allocation?.Devices.Results).OrEmpty()).ToList();
        for (var i = 0; i < Devices; i++)
        {
            Assert.Equal(results.Exists(r => r.Device == $"c{i}"), ledger.IsTaken(new DeviceId("d", "p", $"c{i}")));
        }
        var shared = new DeviceId("d", "p", "shared");
        Assert.Equal(results.Exists(r => r.ShareID is not null), ledger.IsInUse(shared));
        Assert.Equal(new Quantity(results.Where(r => r.ShareID is not null).Sum(r => r.ConsumedCapacity!["memory"].AsLong())), ledger.UsedOf(shared, "memory"));
    }

    private static ResourceSlice Slice(string node, long generation) => new()
    {
        Metadata = new ObjectMeta { Name = node },
        Spec = new ResourceSliceSpec { Driver = "d", NodeName = node, Pool = new ResourcePool { Name = node, Generation = generation, ResourceSliceCount = 1 }, Devices = [new Device { Name = "x" }] },
    };

    private static DevicePool PoolOf(DeviceLedger ledger, string node) => Assert.Single(ledger.Pools.ReachableFrom(Make.Node(node)));
}
