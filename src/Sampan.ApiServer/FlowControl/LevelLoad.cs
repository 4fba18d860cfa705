namespace Sampan.ApiServer.FlowControl;

/// <summary>What is going on in a priority level, and its limits.</summary>
/// <param name="Places">How many requests its queues hold.</param>
/// <param name="Demand">The seats in use and those that are waited for.</param>
internal readonly record struct LevelLoad(int SeatsInUse, int Seats, int Executing, int Waiting, int Places, int Demand, int Nominal);

/// <summary>How many seats were wanted at once in a while.</summary>
internal readonly record struct SeatDemand(double Average, double Deviation, int Peak)
{
    /// <summary>What would usually have been enough.</summary>
    public double Envelope => Average + Deviation;
}
