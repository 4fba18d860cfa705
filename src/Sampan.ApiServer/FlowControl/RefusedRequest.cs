namespace Sampan.ApiServer.FlowControl;

/// <summary>Why a request gets no seats, as upstream's metrics name it.</summary>
internal static class RefusedRequest
{
    public const string QueueFull = "queue-full";
    public const string NoQueue = "concurrency-limit";
    public const string TooLate = "time-out";
    public const string GaveUp = "cancelled";
}
