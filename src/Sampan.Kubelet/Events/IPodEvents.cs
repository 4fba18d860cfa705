using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Events;

/// <summary>Tells users what happens to their pods and to the node.</summary>
internal interface IPodEvents
{
    /// <param name="pod">The pod that the event is about.</param>
    /// <param name="container">One of its containers, or null for the whole pod.</param>
    /// <param name="type"><c>Normal</c> or <c>Warning</c>.</param>
    /// <param name="reason">One of <see cref="EventReasons"/>.</param>
    /// <param name="message">A sentence for the user.</param>
    /// <param name="annotations">The same for programs.</param>
    void Pod(Pod pod, string? container, string type, string reason, string message, Dictionary<string, string>? annotations = null);

    void Claim(PersistentVolumeClaim claim, string type, string reason, string message);

    void Node(string type, string reason, string message);
}
