using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>A new node takes no pods until the node controller has seen that it is ready.</summary>
internal sealed class TaintNodesByCondition : AdmissionPlugin
{
    private const string NotReady = "node.kubernetes.io/not-ready";

    public override string Name => "TaintNodesByCondition";

    public override ValueTask MutateAsync(AdmissionRequest request)
    {
        if (request.Operation == AdmissionOperation.Create && request.Is("", "nodes") && request.Object is Node node
            && !node.Spec.Taints.OrEmpty().Any(taint => taint is { Key: NotReady, Effect: "NoSchedule" }))
        {
            (node.Spec.Taints ??= []).Add(new Taint { Key = NotReady, Effect = "NoSchedule" });
        }
        return ValueTask.CompletedTask;
    }
}
