using Sampan.Api;
using Sampan.Api.Resource.V1;
using Sampan.ApiServer.Admission;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Registry;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.ApiServer.Tests.Admission;

/// <summary>Who may change what of a claim's status; the cases are those of the feature's description.</summary>
public sealed class ClaimStatusAccessTests
{
    private const string Binding = "resourceclaims/binding  ";
    private const string Driver = "resourceclaims/driver ns d.example.com";

    private static readonly UserInfo Scheduler = new("scheduler");

    [Fact]
    public async Task Check_NothingChanged_AsksNothing() => await CheckAsync(Scheduler, Status("n1", "a"), Status("n1", "a"), [], []);

    [Fact]
    public async Task Check_Allocation_NeedsBinding()
    {
        await CheckAsync(Scheduler, new(), Status("n1"), ["update " + Binding], [], "update " + Binding);
        await CheckAsync(
            Scheduler, new(), Status("n1"), ["update " + Binding],
            [
                "status: Forbidden: changing status.allocation or status.reservedFor requires resource=\"resourceclaims/binding\", verb=\"update\" permission: "
                    + "resourceclaims.resource.k8s.io is forbidden: User \"scheduler\" cannot update resource \"resourceclaims/binding\" in API group \"resource.k8s.io\" at the cluster scope",
            ]);
    }

    [Fact]
    public async Task Check_Consumers_NeedBinding()
    {
        var reserved = new ResourceClaimStatus { ReservedFor = [new() { Resource = "pods", Name = "p", Uid = "u" }] };
        await CheckAsync(Scheduler, new(), reserved, ["update " + Binding], [], "update " + Binding);
    }

    [Theory]
    [InlineData("n1", "associated-node:update")]
    [InlineData("n2", "arbitrary-node:update")]
    [InlineData(null, "arbitrary-node:update")]
    public async Task Check_Devices_NeedTheVerbOfTheNode(string? runsOn, string verb) => await CheckAsync(
        Agent(runsOn), Status("n1"), Status("n1", "a"), [$"{verb} {Driver}"], [], $"{verb} {Driver}");

    [Fact]
    public async Task Check_DevicesOfOwnNode_AreAllowedByTheWiderVerbToo() => await CheckAsync(
        Agent("n1"), Status("n1", "a"), Status("n1"), [$"associated-node:update {Driver}", $"arbitrary-node:update {Driver}"], [], $"arbitrary-node:update {Driver}");

    [Fact]
    public async Task Check_DevicesRefused_NamesTheVerbs() => await CheckAsync(
        Agent("n1"), Status("n1", "a"), Status("n1", "b"), [$"associated-node:update {Driver}", $"arbitrary-node:update {Driver}"],
        [
            "status.devices: Forbidden: changing status.devices requires resource=\"resourceclaims/driver\", verb=\"[associated-node:update arbitrary-node:update]\" permission: "
                + "resourceclaims.resource.k8s.io \"d.example.com\" is forbidden: User \"system:serviceaccount:kube-system:driver\" cannot associated-node:update resource "
                + "\"resourceclaims/driver\" in API group \"resource.k8s.io\" in the namespace \"ns\"",
        ]);

    private static async Task CheckAsync(
        UserInfo user, ResourceClaimStatus old, ResourceClaimStatus now, string[] asked, string[] errors, params string[] allowed)
    {
        var authorizer = new Recorder(allowed);
        var found = new FieldErrors();
        await new ClaimStatusAccess(authorizer).CheckAsync(Context(user), new ResourceClaim { Status = now }, new ResourceClaim { Status = old }, found);
        Assert.Equal(asked, authorizer.Questions);
        Assert.Equal(errors, found.Select(error => error.ToString()));
    }

    private static WriteContext Context(UserInfo user) => new()
    {
        User = user,
        Info = new RequestInfo
        {
            IsResourceRequest = true, Verb = "update", ApiGroup = "resource.k8s.io", ApiVersion = "v1", Resource = "resourceclaims", Subresource = "status",
            Namespace = "ns", Name = "claim",
        },
        Time = TimeProvider.System,
        Warn = _ => { },
        AuthorizeAsync = _ => default,
    };

    private static UserInfo Agent(string? node) => new(
        "system:serviceaccount:kube-system:driver",
        extra: node is null ? null : new Dictionary<string, IReadOnlyList<string>> { ["authentication.kubernetes.io/node-name"] = [node] });

    private static ResourceClaimStatus Status(string node, params string[] devices) => new()
    {
        Allocation = new()
        {
            NodeSelector = new() { NodeSelectorTerms = [new() { MatchFields = [new() { Key = "metadata.name", Operator = "In", Values = [node] }] }] },
        },
        Devices = [.. devices.Select(device => new AllocatedDeviceStatus { Driver = "d.example.com", Pool = "p", Device = device })],
    };

    private sealed class Recorder(string[] allowed) : IAuthorizer
    {
        public List<string> Questions { get; } = [];

        public ValueTask<Decision> AuthorizeAsync(AuthorizerAttributes attributes, CancellationToken cancellationToken)
        {
            var question = $"{attributes.Verb} {attributes.CombinedResource} {attributes.Namespace} {attributes.Name}";
            Questions.Add(question);
            return ValueTask.FromResult(allowed.Contains(question) ? Decision.Allow() : Decision.NoOpinion());
        }
    }
}
