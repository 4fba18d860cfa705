namespace Sampan.ApiServer.FlowControl;

/// <summary>
/// Deals each flow its hand of queues from a deck: two flows seldom share all of theirs, so that a heavy flow fills its own
/// queues and leaves the light ones a free one. Upstream: KEP-1040, "shuffle sharding".
/// </summary>
internal static class ShuffleShard
{
    /// <param name="hash">Says which flow it is.</param>
    /// <param name="deck">How many queues there are.</param>
    /// <param name="hand">Receives as many different queues as it is long.</param>
    public static void Deal(ulong hash, int deck, Span<int> hand)
    {
        hash = Mix(hash);
        for (int dealt = 0; dealt < hand.Length; dealt++)
        {
            ulong left = (ulong)(deck - dealt);
            int card = (int)(hash % left);
            hash /= left;
            hand[dealt] = Nth(card, hand[..dealt]);
        }
    }

    /// <summary>The n-th queue that is not dealt yet.</summary>
    private static int Nth(int card, ReadOnlySpan<int> dealt)
    {
        for (int queue = 0; ; queue++)
            if (!dealt.Contains(queue) && card-- == 0)
                return queue;
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }
}
