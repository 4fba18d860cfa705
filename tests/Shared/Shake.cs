namespace Sampan.Tests;

/// <summary>
/// Makes fakes answer late and out of step, to find tests that rely on luck: <c>SAMPAN_SHAKE=50</c> pauses for up to 50 ms of real time
/// before and after some of the requests. Without the variable nothing pauses.
/// </summary>
internal static class Shake
{
    private static readonly int s_milliseconds = int.TryParse(Environment.GetEnvironmentVariable("SAMPAN_SHAKE"), out var most) ? most : 0;

    public static bool IsOn => s_milliseconds > 0;

    public static async Task PauseAsync()
    {
        if (!IsOn) return;
        if (Random.Shared.Next(3) == 0) await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(s_milliseconds)), TimeProvider.System);
        else await Task.Yield();
    }

    public static async Task<T> AroundAsync<T>(Func<Task<T>> request)
    {
        await PauseAsync();
        var answer = await request();
        await PauseAsync();
        return answer;
    }
}
