namespace Sampan.Client.Tests.Fakes;

/// <summary>Waits for background work to get somewhere; the limit only ends a test that would hang.</summary>
internal static class Eventually
{
    /// <param name="condition">What is waited for.</param>
    /// <param name="what">Its name in the failure.</param>
    /// <param name="unstick">Called again and again once it has taken about a second.</param>
    public static async Task TrueAsync(Func<bool> condition, string what, Action? unstick = null)
    {
        for (var i = 0; i < 12_000; i++)
        {
            if (condition()) return;
            if (i > 300) unstick?.Invoke();
            if (i < 100) await Task.Yield();
            else await Task.Delay(5);
        }

        Assert.Fail($"did not happen: {what}");
    }
}
