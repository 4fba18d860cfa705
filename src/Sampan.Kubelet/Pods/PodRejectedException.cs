namespace Sampan.Kubelet.Pods;

/// <summary>Only while it was made ready has it turned out that the node cannot have a pod.</summary>
internal sealed class PodRejectedException(PodTermination rejection) : Exception(rejection.Message)
{
    public PodTermination Rejection => rejection;
}
