using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Client.Events;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Events;

/// <summary>Events through the client's recorder.</summary>
internal sealed class PodEvents(EventRecorder recorder, string nodeName, ILogger logger) : IPodEvents
{
    public void Pod(Pod pod, string? container, string type, string reason, string message, Dictionary<string, string>? annotations = null)
    {
        logger.LogDebug("Pod {Namespace}/{Name} {Container}: {Reason}: {Message}", pod.Metadata.Namespace, pod.Metadata.Name, container, reason, message);
        recorder.Event(EventRecorder.Reference(pod, container is null ? null : pod.FieldPathOf(container)), type, reason, message, annotations: annotations);
    }

    public void Claim(PersistentVolumeClaim claim, string type, string reason, string message) => recorder.Event(EventRecorder.Reference(claim), type, reason, message);

    public void Node(string type, string reason, string message) =>
        recorder.Event(new ObjectReference { Kind = "Node", Name = nodeName, Uid = nodeName }, type, reason, message);
}
