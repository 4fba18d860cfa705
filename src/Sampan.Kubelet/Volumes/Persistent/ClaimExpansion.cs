using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>
/// What a claim's status says of the node's half of its growth. Upstream: pkg/volume/util, resize_util.
/// <code>
/// NodeResizePending ► NodeResizeInProgress ► (capacity, nothing pending)
///                                          ► NodeResizeInProgress, condition NodeResizeError     tried again
///                                          ► NodeResizeInfeasible, condition NodeResizeError     never again
/// </code>
/// </summary>
internal static class ClaimExpansion
{
    private const string Storage = "storage";
    private const string Infeasible = "NodeResizeInfeasible";
    private const string ErrorType = "NodeResizeError";
    private static readonly string[] Types = ["FileSystemResizePending", "Resizing", "ControllerResizeError", ErrorType];

    /// <summary>What all that have a part in it are done with.</summary>
    public static Quantity SizeOf(PersistentVolumeClaim claim) => claim.Status.Capacity.OrEmpty().GetValueOrDefault(Storage);

    /// <summary>There is no hope for this size.</summary>
    public static bool IsInfeasible(PersistentVolumeClaim claim) => claim.Status.AllocatedResourceStatuses.OrEmpty().GetValueOrDefault(Storage) == Infeasible;

    public static JsonObject Begun(PersistentVolumeClaim claim) => Status(claim, "NodeResizeInProgress", claim.Status.Conditions.OrEmpty());

    public static JsonObject Failed(PersistentVolumeClaim claim, Exception why, bool isLast, DateTimeOffset now)
    {
        var state = isLast || why is RpcException { Code: GrpcStatusCode.InvalidArgument or GrpcStatusCode.OutOfRange or GrpcStatusCode.NotFound } ? Infeasible : "NodeResizeInProgress";
        var error = new PersistentVolumeClaimCondition { Type = ErrorType, Status = "True", LastTransitionTime = now, Message = $"failed to expand pvc with {why.Message}" };
        return Status(claim, state, claim.Status.Conditions.OrEmpty().Where(c => c.Type != ErrorType).Append(error));
    }

    public static JsonObject Done(PersistentVolumeClaim claim, Quantity capacity)
    {
        var patch = Status(claim, null, claim.Status.Conditions.OrEmpty().Where(c => !Types.Contains(c.Type)));
        patch["status"]!["capacity"] = new JsonObject { [Storage] = capacity.ToString() };
        return patch;
    }

    private static JsonObject Status(PersistentVolumeClaim claim, string? state, IEnumerable<PersistentVolumeClaimCondition> conditions) => new()
    {
        ["status"] = new JsonObject
        {
            ["allocatedResourceStatuses"] = new JsonObject { [Storage] = state },
            ["conditions"] = new JsonArray([.. conditions.Select(c => JsonNode.Parse(JsonCodec.Encode(c)))]),
        },
    };
}
