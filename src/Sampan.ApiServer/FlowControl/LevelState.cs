namespace Sampan.ApiServer.FlowControl;

/// <summary>How a priority level is at one moment, for those who look at it.</summary>
internal sealed record LevelState(string Name, int Waiting, int Executing, RequestCounts Counts, IReadOnlyList<QueueState> Queues, IReadOnlyList<RequestState> Requests);

/// <summary>One of its queues.</summary>
/// <param name="Seats">The seats that its requests have.</param>
/// <param name="NextStart">When its next request is due, in seats times seconds.</param>
/// <param name="WaitingSeats">The seats that those want who wait.</param>
/// <param name="Work">What they are taken to need, in seats times seconds.</param>
internal readonly record struct QueueState(int Waiting, int Executing, int Seats, double NextStart, int WaitingSeats, double Work);

/// <summary>A request of it.</summary>
/// <param name="Queue">The queue it waits or waited in; -1 when it never had to.</param>
/// <param name="Place">Its place there; -1 once it is worked on.</param>
/// <param name="Started">When that began; null while it waits.</param>
internal readonly record struct RequestState(FlowRequest About, int Queue, int Place, int Width, DateTimeOffset? Started);

/// <summary>What became of the requests so far.</summary>
internal record struct RequestCounts(long Dispatched, long Rejected, long TimedOut, long Cancelled);
