using System.Text;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Images;
using Sampan.Kubelet.Images.Access;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Images;

/// <summary>Who may use an image that is there already, as upstream's pull manager decides it.</summary>
public sealed class ImageAccessTests : IDisposable
{
    private const string Image = "registry.test/web:1";
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Pull_WithALogin_IsNoLicenceForPodsWithoutIt()
    {
        await using var node = NewNode();
        Secret(node, "mine", "right");
        Refuse(node, "right");
        await node.RunAsync(Pod("a", "mine"));

        var other = Pod("b", null);
        node.Pods.Upsert(other);

        await node.UntilAsync(() => node.Container(other).State.Waiting?.Reason is "ErrImagePull" or "ImagePullBackOff", "refused");
        Assert.Equal(2, Pulls(node));
    }

    /// <summary>Upstream: image_manager_test.go. What is to be pulled in any case need not be looked for.</summary>
    [Fact]
    public async Task Always_RuntimeCannotSayWhatIsThere_IsPulledAllTheSame()
    {
        await using var node = new Node();
        var fails = true;
        node.Runtime.Fault = (method, _) => fails && method == "ImageStatus" ? new RpcException(GrpcStatusCode.Unknown, "inspect") : null;
        node.Runtime.BeforePull = _ =>
        {
            fails = false;
            return Task.CompletedTask;
        };

        await node.RunAsync(Pod("a", null, "Always"));

        Assert.DoesNotContain(node.Events.All, e => e.Contains("InspectFailed", StringComparison.Ordinal));
        Assert.Contains("kubelet_image_manager_ensure_image_requests_total{present_locally=\"unknown\",pull_policy=\"always\",pull_required=\"true\"} 1", node.Metrics.Render());
    }

    [Theory]
    [InlineData(0UL, "N/A")]
    [InlineData(1UL, "0-10MB")]
    [InlineData(10UL << 20, "0-10MB")]
    [InlineData((10UL << 20) + 1, "10MB-100MB")]
    [InlineData(3UL << 30, "1GB-5GB")]
    [InlineData(200UL << 30, "GT100GB")]
    public void SizeOf_Image_IsItsBucket(ulong bytes, string label) => Assert.Equal(label, Sampan.Kubelet.Stats.ImageMetrics.SizeOf(bytes));

    [Fact]
    public async Task Never_ForAPodWithoutTheLogin_IsAsIfTheImageWereMissing()
    {
        await using var node = NewNode();
        Secret(node, "mine", "right");
        await node.RunAsync(Pod("a", "mine"));

        var other = Pod("b", null, "Never");
        node.Pods.Upsert(other);

        await node.UntilAsync(() => node.Container(other).State.Waiting?.Reason == "ErrImageNeverPull", "refused");
        Assert.Equal($"Container image \"{Image}\" is not present with pull policy of Never", node.Container(other).State.Waiting!.Message);
        Assert.Contains("kubelet_image_manager_ensure_image_requests_total{present_locally=\"true\",pull_policy=\"never\",pull_required=\"true\"} ", node.Metrics.Render(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mine", "right", 1)]
    [InlineData("copy", "right", 1)]
    [InlineData("mine", "changed", 1)]
    [InlineData("copy", "wrong", 2)]
    public async Task Present_TheSameLoginOrTheSameSecret_NeedsNoPull(string secret, string password, int pulls)
    {
        await using var node = NewNode();
        Secret(node, "mine", "right");
        await node.RunAsync(Pod("a", "mine"));
        Secret(node, secret, password);

        await node.RunAsync(Pod("b", secret));

        Assert.Equal(pulls, Pulls(node));
    }

    [Fact]
    public async Task Pull_WithoutALogin_IsForEveryPod()
    {
        await using var node = NewNode();
        await node.RunAsync(Pod("a", null));
        await node.RunAsync(Pod("b", null));
        Assert.Equal(1, Pulls(node));
        Assert.Contains($"Normal Pulled Container image \"{Image}\" already present on machine and can be accessed by the pod", node.Events.All);
    }

    [Theory]
    [InlineData(VerificationPolicy.Never, false, false)]
    [InlineData(VerificationPolicy.NeverPreloaded, false, false)]
    [InlineData(VerificationPolicy.NeverPreloaded, true, true)]
    [InlineData(VerificationPolicy.NeverAllowlisted, false, false)]
    [InlineData(VerificationPolicy.NeverAllowlisted, true, false)]
    [InlineData(VerificationPolicy.Always, false, true)]
    public void IsNeeded_ImageOnTheList_IsForAllWhoeverPulledIt(string policy, bool isPulledHere, bool isNeeded) =>
        Assert.Equal(isNeeded, new VerificationPolicy(policy, ["registry.test/team/*"]).IsNeeded("registry.test/team/app", isPulledHere));

    [Theory]
    [InlineData(VerificationPolicy.Never, "other", 0)]
    [InlineData(VerificationPolicy.NeverPreloaded, "other", 0)]
    [InlineData(VerificationPolicy.NeverAllowlisted, "registry.test/web", 0)]
    [InlineData(VerificationPolicy.NeverAllowlisted, "registry.test/*", 0)]
    [InlineData(VerificationPolicy.NeverAllowlisted, "registry.test/w", 1)]
    [InlineData(VerificationPolicy.Always, "registry.test/web", 1)]
    public async Task Preloaded_Image_IsJudgedByThePolicy(string policy, string allowed, int pulls)
    {
        await using var node = NewNode(policy, allowed);
        node.Runtime.AddImage(Image);
        await node.RunAsync(Pod("a", null));
        Assert.Equal(pulls, Pulls(node));
    }

    [Fact]
    public async Task Records_OutliveTheKubelet()
    {
        await using (var before = NewNode())
        {
            Secret(before, "mine", "right");
            await before.RunAsync(Pod("a", "mine"));
        }

        await using var node = NewNode();
        node.Runtime.AddImage(Image);
        Secret(node, "mine", "right");
        await node.RunAsync(Pod("b", "mine"));
        Assert.Equal(0, Pulls(node));
        await node.RunAsync(Pod("c", null));
        Assert.Equal(1, Pulls(node));
    }

    [Fact]
    public void Restore_APullThatWasCutOff_IsNobodysYet()
    {
        var time = new FakeTimeProvider();
        var records = new PullRecords(_directory.Path);
        New(records, time).Begin(Image);

        var access = New(records, time);
        access.Restore([new Cri.Image { Id = "sha256:1", RepoTags = { Image } }]);

        Assert.False(records.IsIntended(Image));
        Assert.False(access.IsAllowed(Image, "sha256:1", () => []));
        access.Prune([], time.GetUtcNow() + TimeSpan.FromSeconds(1));
        Assert.Empty(records.Pulled);
        Assert.True(access.IsAllowed(Image, "sha256:1", () => []));
    }

    [Fact]
    public void Prune_WhatWasPulledMeanwhile_Stays()
    {
        var time = new FakeTimeProvider();
        var records = new PullRecords(_directory.Path);
        var access = New(records, time);
        access.Begin(Image);
        access.Pulled(Image, "sha256:1", null);

        access.Prune([], time.GetUtcNow());

        Assert.Equal("sha256:1", Assert.Single(records.Pulled).ImageRef);
        Assert.StartsWith("sha256-", Path.GetFileName(Assert.Single(Directory.GetFiles(_directory["image_manager/pulled"]))), StringComparison.Ordinal);
    }

    [Fact]
    public void Record_ThatNobodyCanRead_LetsNobodyIn()
    {
        var time = new FakeTimeProvider();
        var records = new PullRecords(_directory.Path);
        var access = New(records, time);
        access.Pulled(Image, "sha256:1", null);
        File.WriteAllText(Assert.Single(Directory.GetFiles(_directory["image_manager/pulled"])), "{");

        Assert.False(access.IsAllowed(Image, "sha256:1", () => []));
        access.Pulled(Image, "sha256:1", null);
        Assert.True(access.IsAllowed(Image, "sha256:1", () => []));
    }

    /// <summary>Upstream: writePulledRecordIfChanged.</summary>
    [Fact]
    public void Pulled_AgainWithTheSameLogin_WritesNothing()
    {
        var time = new FakeTimeProvider();
        var records = new PullRecords(_directory.Path);
        var access = New(records, time);
        var begun = time.GetUtcNow();
        access.Pulled(Image, "sha256:1", Login("one", "a"));
        time.Advance(TimeSpan.FromMinutes(1));
        access.Pulled(Image, "sha256:1", Login("one", "a"));
        Assert.Equal(begun, Assert.Single(records.Pulled).LastUpdatedTime);

        access.Prune([], time.GetUtcNow());
        Assert.Single(records.Pulled); // It was pulled when the images were listed, or since.

        access.Pulled(Image, "sha256:1", Login("one", "b"));
        Assert.Equal(begun + TimeSpan.FromMinutes(1), Assert.Single(records.Pulled).LastUpdatedTime);
        time.Advance(TimeSpan.FromMinutes(1));
        access.Pulled(Image, "sha256:1", null);
        access.Pulled(Image, "sha256:1", Login("two", "c"));
        var record = Assert.Single(records.Pulled);
        Assert.Equal((begun + TimeSpan.FromMinutes(2), true), (record.LastUpdatedTime, Assert.Single(record.CredentialMapping).Value.NodePodsAccessible));
        access.Prune([], time.GetUtcNow() + TimeSpan.FromSeconds(1));
        Assert.Empty(records.Pulled);
    }

    /// <summary>Upstream: RecordImagePulled, which leaves the intent where there is no record.</summary>
    [Fact]
    public void Pulled_RecordCannotBeWritten_IsNotTakenForAnImageThatWasThereBefore()
    {
        var time = new FakeTimeProvider();
        var records = new PullRecords(_directory.Path);
        var access = New(records, time);
        access.Begin(Image);
        File.WriteAllText(_directory["image_manager/pulled"], "in the way of the directory");

        access.Pulled(Image, "sha256:1", Login("one", "a"));

        Assert.True(records.IsIntended(Image));
        File.Delete(_directory["image_manager/pulled"]);
        Assert.False(access.IsAllowed(Image, "sha256:1", () => [Login("one", "a")]));

        var next = New(records, time);
        next.Restore([new Cri.Image { Id = "sha256:1", RepoTags = { Image } }]);
        Assert.False(next.IsAllowed(Image, "sha256:1", () => []));
        Assert.False(records.IsIntended(Image));
    }

    [Fact]
    public async Task Pull_ThatCannotBeWrittenDown_IsNotBegun()
    {
        await using var node = NewNode();
        Directory.CreateDirectory(_directory["image_manager"]);
        File.WriteAllText(_directory["image_manager/pulling"], "in the way of the directory");
        var pod = Pod("a", null);
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Container(pod).State.Waiting?.Reason == "ErrImagePull", "it says so");
        Assert.StartsWith($"Failed to record image pull intent for container image \"{Image}\": failed to record image pull intent: ", node.Container(pod).State.Waiting!.Message, StringComparison.Ordinal);
        Assert.Equal(0, Pulls(node));

        File.Delete(_directory["image_manager/pulling"]);
        await node.InTimeAsync(() => node.Container(pod).State.Running is not null, "it is pulled after all");
    }

    [Fact]
    public async Task Secret_ThatIsNotThere_IsSaidWhenThePodStarts()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a", p => p.Spec.ImagePullSecrets = [new() { Name = "one" }, new(), new() { Name = "two" }]));
        Assert.Contains("Warning FailedToRetrieveImagePullSecret Unable to retrieve some image pull secrets (one, two); attempting to pull the image may not succeed.", node.Events.All);
    }

    private static RegistryCredential Login(string secret, string password)
    {
        var data = Encoding.UTF8.GetBytes("{\"auths\":{\"registry.test\":{\"username\":\"u\",\"password\":\"" + password + "\"}}}");
        return Assert.Single(RegistryCredential.From(new Secret { Metadata = new() { Name = secret, Namespace = "default", Uid = secret }, Data = new() { [".dockerconfigjson"] = data } }));
    }

    private static ImageAccess New(PullRecords records, TimeProvider time) =>
        new(new VerificationPolicy(VerificationPolicy.NeverPreloaded, []), records, time, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, new(new()));

    private static int Pulls(Node node) => node.Runtime.Calls.Count(c => c.StartsWith("PullImage", StringComparison.Ordinal));

    private static void Refuse(Node node, string password) =>
        node.Runtime.PullFault = auth => auth?.Password == password ? null : new RpcException(GrpcStatusCode.Unknown, "authorization failed");

    private static Pod Pod(string name, string? secret, string policy = "IfNotPresent") => Node.Pod(name, p =>
    {
        p.Spec.Containers[0].ImagePullPolicy = policy;
        p.Spec.ImagePullSecrets = secret is null ? null : [new() { Name = secret }];
    });

    private static void Secret(Node node, string name, string password) => node.Objects.Secrets[name] = new Secret
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = "uid-" + name },
        Data = new() { [".dockerconfigjson"] = Encoding.UTF8.GetBytes("{\"auths\":{\"registry.test\":{\"username\":\"u\",\"password\":\"" + password + "\"}}}") },
    };

    private Node NewNode(string policy = VerificationPolicy.NeverPreloaded, string allowed = "other") =>
        new(pulls: new PullRecords(_directory.Path), verification: new VerificationPolicy(policy, [allowed]));
}
