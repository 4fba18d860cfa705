using Sampan.Api;
using Sampan.Api.Resource.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Authorization;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Admission;

/// <summary>
/// Parts of a claim's status have owners: who changes the allocation or the consumers needs <c>resourceclaims/binding</c>, who changes
/// the devices of a driver needs <c>resourceclaims/driver</c> on the driver's name, by a verb that says whether only for its own node.
/// </summary>
internal sealed class ClaimStatusAccess(IAuthorizer authorizer)
{
    private const string OwnNode = "associated-node:";
    private const string AnyNode = "arbitrary-node:";

    public async ValueTask CheckAsync(WriteContext context, ResourceClaim claim, ResourceClaim old, FieldErrors errors)
    {
        var (now, was) = (claim.Status, old.Status);
        var asked = AuthorizerAttributes.Of(context.User, context.Info);
        if (!Same(now.Allocation, was.Allocation) || !Same(now.ReservedFor, was.ReservedFor))
        {
            var question = asked with { Subresource = "binding", Namespace = "", Name = "" };
            if (await RefusalAsync(question, context.Cancelled) is { } refusal)
            {
                errors.Forbidden(
                    FieldPath.Of("status"),
                    $"changing status.allocation or status.reservedFor requires resource=\"resourceclaims/binding\", verb=\"{asked.Verb}\" permission: {refusal}");
            }
        }
        string[] verbs = IsOnNode(context.User, now.Allocation) ? [OwnNode + asked.Verb, AnyNode + asked.Verb] : [AnyNode + asked.Verb];
        foreach (var driver in ChangedDrivers(now.Devices.OrEmpty(), was.Devices.OrEmpty()))
        {
            if (await RefusalAsync(verbs, asked with { Subresource = "driver", Name = driver }, context.Cancelled) is { } refusal)
            {
                errors.Forbidden(
                    FieldPath.Of("status", "devices"),
                    $"changing status.devices requires resource=\"resourceclaims/driver\", verb=\"[{string.Join(' ', verbs)}]\" permission: {refusal}");
            }
        }
    }

    /// <summary>Drivers of which an entry came, went or changed.</summary>
    private static SortedSet<string> ChangedDrivers(IReadOnlyList<AllocatedDeviceStatus> now, IReadOnlyList<AllocatedDeviceStatus> was)
    {
        var left = was.ToDictionary(KeyOf);
        var changed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var device in now)
        {
            if (!left.Remove(KeyOf(device), out var before) || !device.DeepEquals(before))
            {
                changed.Add(device.Driver);
            }
        }
        changed.UnionWith(left.Values.Select(device => device.Driver));
        return changed;
    }

    private static (string Driver, string Pool, string Device, string Share) KeyOf(AllocatedDeviceStatus device) =>
        (device.Driver, device.Pool, device.Device, device.ShareID ?? "");

    /// <summary>Whether the devices are those of one node, on which the service account runs.</summary>
    private static bool IsOnNode(UserInfo user, AllocationResult? allocation) =>
        allocation?.NodeSelector?.NodeSelectorTerms is [{ MatchFields: [{ Key: "metadata.name", Operator: "In", Values: [var node] }] } term]
        && term.MatchExpressions.OrEmpty().Count == 0 && ImpersonationMode.IsOnNode(user, node);

    /// <summary>Null when one of the verbs is allowed, else what the first one missed.</summary>
    private async ValueTask<string?> RefusalAsync(string[] verbs, AuthorizerAttributes question, CancellationToken cancelled)
    {
        string? first = null;
        foreach (var verb in verbs)
        {
            if (await RefusalAsync(question with { Verb = verb }, cancelled) is not { } refusal)
            {
                return null;
            }
            first ??= refusal;
        }
        return first;
    }

    private async ValueTask<string?> RefusalAsync(AuthorizerAttributes question, CancellationToken cancelled)
    {
        var decision = await authorizer.AuthorizeAsync(question, cancelled);
        return decision.IsAllowed ? null : ForbiddenTexts.Exception(question, decision.Reason).Message;
    }

    private static bool Same(AllocationResult? a, AllocationResult? b) => a is null ? b is null : a.DeepEquals(b);

    private static bool Same(List<ResourceClaimConsumerReference>? a, List<ResourceClaimConsumerReference>? b) =>
        a.OrEmpty().Count == b.OrEmpty().Count && a.OrEmpty().Zip(b.OrEmpty()).All(pair => pair.First.DeepEquals(pair.Second));
}
