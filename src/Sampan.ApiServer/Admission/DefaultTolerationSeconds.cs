using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Admission;

/// <summary>Lets pods stay a while, usually five minutes, on a node that is not ready or cannot be reached, unless they say otherwise.</summary>
internal sealed class DefaultTolerationSeconds(long notReady, long unreachable) : AdmissionPlugin
{
    private readonly (string Taint, long Seconds)[] _stays = [("node.kubernetes.io/not-ready", notReady), ("node.kubernetes.io/unreachable", unreachable)];

    public override string Name => "DefaultTolerationSeconds";

    public override ValueTask MutateAsync(AdmissionRequest request)
    {
        if (request.Operation is AdmissionOperation.Create or AdmissionOperation.Update && request.Is("", "pods") && request.Object is Pod pod)
        {
            foreach (var (taint, seconds) in _stays)
            {
                if (!pod.Spec.Tolerations.OrEmpty().Any(toleration => Covers(toleration, taint)))
                {
                    (pod.Spec.Tolerations ??= []).Add(
                        new Toleration { Key = taint, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = seconds });
                }
            }
        }
        return ValueTask.CompletedTask;
    }

    private static bool Covers(Toleration toleration, string taint) =>
        (string.IsNullOrEmpty(toleration.Key) || toleration.Key == taint)
        && (string.IsNullOrEmpty(toleration.Effect) || toleration.Effect == "NoExecute");
}
