"""The dense, inductive HeteroGNN: query, LLM, pick, task and user nodes, and the training prompts and LLMs as memory nodes.

Messages: training prompts → query (a kernel over embedding and text features), training LLMs → LLM (a kernel over the card, and over the
fingerprint), pick → LLM (what the user's own answers reveal), task ↔ pick (how much a pick on another task says about this one). Every
edge weight is a kernel or a closed-form Bayesian gain, so there are no ids and no scatter: MatMul, element-wise arithmetic and Softmax
only, which run on WebGPU. The few-shot update outside the graph turns prior and picks into the user embedding.
Idea after PersonalizedRouter (arXiv 2511.16883); kernels after Nadaraya–Watson / ridge regression, gains after empirical Bayes.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .config import A, CLUSTERS, D, EMBEDDING, LLM_FEATURES, QUERY_SCALARS, QUERY_WORDS, TASK_PROTOTYPES, TrainConfig

PADDING_UTILITY = -1e4
METADATA = 15
FINGERPRINT = slice(METADATA, METADATA + A)
COUNT_AT = METADATA + A
# Per cluster of prompts: shrunk residuals of quality and of length, and ln(1 + n) / 4.
CLUSTER_QUALITY, CLUSTER_LENGTH, CLUSTER_COUNT = (slice(COUNT_AT + 1 + k * CLUSTERS, COUNT_AT + 1 + (k + 1) * CLUSTERS) for k in range(3))
JUDGED_AT = COUNT_AT + 1 + 3 * CLUSTERS  # 1 where the fingerprint's quality was judged, 0 where it is a guess
CLUSTER_SHRINKAGE = 5  # the residuals are sums ÷ (n + 5)
LN_COUNT_SCALE = 6.2166061  # ln 501: the count feature is ln(1 + n) / ln 501
TASKS = TASK_PROTOTYPES // 2  # each task label has two prototypes: short and long answers


def squared_distance(a: Tensor, b: Tensor) -> Tensor:
    """[n,F], [N,F] → [n,N] squared Euclidean distances, never below zero."""
    return torch.relu((a * a).sum(-1, keepdim=True) + (b * b).sum(-1).unsqueeze(0) - 2 * a @ b.transpose(0, 1))


def answers_seen(features: Tensor) -> Tensor:
    """[M,173] → [M,1] number of responses behind each fingerprint."""
    return torch.exp(features[:, COUNT_AT:COUNT_AT + 1] * LN_COUNT_SCALE) - 1


class StyleBelief(nn.Module):
    """What answers reveal of an LLM whose style was guessed: the posterior mean of the guess's error, a Gaussian N(0, C) over the LLMs of
    families left out, when single answers scatter by W. With W = VVᵀ and C = V Λ Vᵀ on the measured axes, n answers of mean error e give
    V diag(n / (n + 1/Λ)) V⁻¹ e; quality, which the device cannot measure, follows by regression on the measured axes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("basis", torch.eye(A - 1))       # V
        self.register_buffer("inverse", torch.eye(A - 1))     # V⁻¹
        self.register_buffer("strength", torch.full((A - 1,), 10.0))  # 1/Λ
        self.register_buffer("quality", torch.zeros(A - 1))   # error of the quality expected per unit of error on each measured axis
        self.register_buffer("quality_strength", torch.tensor(10.0))  # answers whose judgements weigh as much as that expectation

    def fit(self, error: Tensor, within: Tensor, shrinkage: float) -> None:
        """error [n,12]: errors of the guess for LLMs left out, centred; within [12,12]: covariance of an LLM's answers."""
        damp = lambda c: (1 - shrinkage) * c + shrinkage * torch.diag(c.diagonal()) + 1e-6 * torch.eye(A)
        between, within = damp(torch.cov(error.T)), damp(within)
        root = torch.linalg.cholesky(within[1:, 1:])
        value, vector = torch.linalg.eigh(torch.linalg.solve(root, torch.linalg.solve(root, between[1:, 1:]).T))
        self.basis.copy_(root @ vector)
        self.inverse.copy_(torch.linalg.inv(root @ vector))
        self.strength.copy_(1 / value.clamp(1 / 200, 1))
        gain = torch.linalg.solve(between[1:, 1:], between[1:, 0])
        self.quality.copy_(gain)
        self.quality_strength.copy_((within[0, 0] / (between[0, 0] - gain @ between[1:, 0]).clamp_min(1e-3)).clamp(1, 200))

    def forward(self, total: Tensor, count: Tensor, before: Tensor) -> Tensor:
        """total [...,12]: sum of the errors of count [...,1] answers, quality's ignored; before [...,1]: answers the guess already rests on → [...,12]."""
        shift = (total[..., 1:] @ self.inverse.transpose(0, 1)) / (count + before + self.strength) @ self.basis.transpose(0, 1)
        return torch.cat([(shift * self.quality).sum(-1, keepdim=True), shift], -1)


class ResponsePredictor(nn.Module):
    """Query and LLM nodes → predicted standardised axes [B,M,12] and residual dimensions [B,M,8]; N training prompts, T training LLMs."""

    def __init__(self, config: TrainConfig, prompts: int, llms: int) -> None:
        super().__init__()
        self.rank = config.rank
        self.square, self.text, self.text_width = config.query_square, config.query_text, config.query_text_width
        self.llm_width, self.llm_description, self.style_width = config.llm_width, config.llm_description, config.style_width
        self.sharpness = config.cluster_sharpness
        zeros = lambda *shape: torch.zeros(*shape)
        self.task_embedding = nn.Linear(EMBEDDING, TASK_PROTOTYPES)
        self.task_features = nn.Linear(QUERY_SCALARS, TASK_PROTOTYPES, bias=False)
        for name, value in {
            "memory": zeros(prompts, EMBEDDING), "memory_text": zeros(prompts, QUERY_SCALARS), "text_mean": zeros(QUERY_SCALARS),
            "text_scale": torch.ones(QUERY_SCALARS), "word_weight": zeros(QUERY_WORDS), "word_factor": zeros(QUERY_WORDS, config.rank), "word_common": zeros(QUERY_WORDS, D), "factor_weight": zeros(prompts, config.rank), "common_weight": zeros(prompts, D), "common_mean": zeros(D),
            "card": zeros(llms, METADATA), "card_text": zeros(llms, EMBEDDING), "card_scale": torch.ones(METADATA), "card_weight": zeros(llms, D), "card_mean": zeros(D),
            "style": zeros(llms, METADATA + A), "style_scale": torch.ones(METADATA + A), "style_weight": zeros(llms, config.rank * D),
            "centroid": zeros(CLUSTERS, EMBEDDING), "centroid_factor": zeros(CLUSTERS, config.rank), "cluster_strength": torch.full((2,), 500.0),
        }.items():
            self.register_buffer(name, value)
        self.belief = StyleBelief()

    def task_logits(self, embedding: Tensor, features: Tensor) -> Tensor:
        """[B,16] logits of the task prototypes (two per task label); features [B,392] or scalars [B,8]."""
        return self.task_embedding(embedding) + self.task_features(features[:, :QUERY_SCALARS])

    def query_kernel(self, embedding: Tensor, text: Tensor) -> Tensor:
        """[B,N] edge weights training prompt → query but for the words'; text: standardised scalar features [B,8]."""
        similarity = embedding @ self.memory.transpose(0, 1)
        near = torch.exp(-squared_distance(text, self.memory_text) / (2 * self.text_width))
        return similarity + self.square * torch.relu(similarity) * torch.relu(similarity) + self.text * near

    def word_vector(self, features: Tensor) -> Tensor:
        """[B,392] → [B,384] TF-IDF of the words present, at unit length (zero without any)."""
        weighted = features[:, QUERY_SCALARS:] * self.word_weight
        return weighted / torch.sqrt((weighted * weighted).sum(-1, keepdim=True) + 1e-6)

    def query_nodes(self, embedding: Tensor, features: Tensor | None) -> tuple[Tensor, Tensor, Tensor]:
        """→ task membership [B,16], factors and cluster membership [B,R+48], what every LLM's answer shares [B,20]. Picks carry no text features [B,392]: None takes
        the average prompt's scalars and no words. The words' kernel is linear in them, so their messages need no memory: K w = x (Xᵀ w)."""
        cluster = torch.softmax(self.sharpness * embedding @ self.centroid.transpose(0, 1), -1)
        text = torch.zeros_like(self.text_mean).unsqueeze(0) if features is None else (features[:, :QUERY_SCALARS] - self.text_mean) / self.text_scale
        kernel = self.query_kernel(embedding, text)
        factor, common = kernel @ self.factor_weight, kernel @ self.common_weight
        if features is None:
            return torch.softmax(self.task_embedding(embedding), -1), torch.cat([factor, cluster], -1), self.common_mean + common
        words = self.word_vector(features)
        factor, common = factor + words @ self.word_factor, common + words @ self.word_common
        return torch.softmax(self.task_logits(embedding, features), -1), torch.cat([factor, cluster], -1), self.common_mean + common

    def card_kernel(self, card: Tensor, description: Tensor) -> Tensor:
        """[M,T] edge weights training LLM → LLM; card [M,15] in units of card_scale, description [M,384]."""
        return torch.exp(-squared_distance(card, self.card) / (2 * self.llm_width)) + self.llm_description * description @ self.card_text.transpose(0, 1)

    def llm_nodes(self, description: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """description [M,384], features [M,173] → style relative to the average LLM [M,20], loadings of the query's factors and clusters [M,(R+48)·20], answers seen [M,1]."""
        blind = self.card_mean + self.card_kernel(features[:, :METADATA] / self.card_scale, description) @ self.card_weight
        seen = answers_seen(features)
        measured = features[:, FINGERPRINT] - self.common_mean[:A]
        guess = blind[:, :A] + self.belief(seen * (measured - blind[:, :A]), seen, seen * 0)
        judged = seen * features[:, JUDGED_AT:JUDGED_AT + 1]
        quality = guess[:, :1] + judged / (judged + self.belief.quality_strength) * (measured[:, :1] - guess[:, :1])
        style = torch.cat([quality, guess[:, 1:], blind[:, A:]], -1)
        likeness = torch.cat([features[:, :METADATA], seen / (seen + 1) * style[:, :A]], -1) / self.style_scale
        kernel = torch.exp(-squared_distance(likeness, self.style) / (2 * self.style_width))
        loading = kernel @ self.style_weight
        return style, torch.cat([loading, self.cluster_nodes(features, loading, 1 - kernel.amax(-1, keepdim=True))], -1), seen

    def cluster_nodes(self, features: Tensor, loading: Tensor, novelty: Tensor) -> Tensor:
        """What the fingerprint says of an LLM's answers to each cluster of prompts beyond the interaction's word on the cluster's centre → [M,16·20];
        posterior means, so that clusters never seen say nothing. novelty [M,1]: 0 for an LLM the interaction was fitted on, which knows it better."""
        count = torch.exp(4 * features[:, CLUSTER_COUNT]) - 1
        by_factor = loading.reshape(-1, self.rank, D)
        columns = []
        for k, (part, axis) in enumerate(((CLUSTER_QUALITY, 0), (CLUSTER_LENGTH, 1))):
            expected = by_factor[:, :, axis] @ self.centroid_factor.transpose(0, 1)
            observed = features[:, part] * (count + CLUSTER_SHRINKAGE)
            columns.append(((observed - count * expected) / (count + self.cluster_strength[k]) * novelty).unsqueeze(-1))
        rest = columns[0] * torch.zeros(D - 2)
        return torch.cat([*columns, rest], -1).reshape(-1, CLUSTERS * D)

    def combine(self, factor: Tensor, common: Tensor, style: Tensor, loading: Tensor) -> Tensor:
        """Node states of B queries and M LLMs → predicted responses of every pair [B,M,20]."""
        width = factor.shape[-1]
        flat = loading.reshape(-1, width, D).transpose(0, 1).reshape(width, -1)
        return (factor @ flat).reshape(factor.shape[0], -1, D) + style.unsqueeze(0) + common.unsqueeze(1)

    def combine_one(self, factor: Tensor, common: Tensor, style: Tensor, loading: Tensor, llm: Tensor) -> Tensor:
        """The same for one LLM a query, given as one-hot rows llm [H,M] → [H,20] (a zero row: no LLM known)."""
        own = (llm @ loading).reshape(-1, factor.shape[-1], D)
        return (factor.unsqueeze(1) @ own).squeeze(1) + llm @ style + common

    def forward(self, embedding: Tensor, features: Tensor, description: Tensor, llm_features: Tensor) -> Tensor:
        """embedding [B,384], features [B,8], description [M,384], llm_features [M,173] → [B,M,20]."""
        _, factor, common = self.query_nodes(embedding, features)
        style, loading, _ = self.llm_nodes(description, llm_features)
        return self.combine(factor, common, style, loading)


class LlmUpdate(nn.Module):
    """Pick → LLM messages: what the user's own answers reveal about each LLM beyond its card and fingerprint.

    shared [12]: share of two answers' mean residual that is due to their prompt.
    """

    def __init__(self) -> None:
        super().__init__()
        self.belief = StyleBelief()
        self.register_buffer("shared", torch.zeros(A))
        self.register_buffer("gain", torch.tensor(1.0))  # 0: no such messages

    def forward(self, residual_chosen: Tensor, residual_rejected: Tensor, chosen: Tensor, rejected: Tensor, weight: Tensor, seen: Tensor) -> Tensor:
        """residuals [.,H,12] measured − predicted, chosen/rejected [.,H,M], weight [.,H], seen [M,1] answers behind the fingerprints → shift [.,M,12]."""
        both = rejected.sum(-1, keepdim=True)
        common = self.shared * 0.5 * (residual_chosen + residual_rejected) * both
        left = (chosen * weight.unsqueeze(-1)).transpose(-1, -2)
        right = (rejected * weight.unsqueeze(-1)).transpose(-1, -2)
        total = left @ (residual_chosen - common) + right @ (residual_rejected - common)
        count = (left.sum(-1) + right.sum(-1)).unsqueeze(-1)
        return self.gain * self.belief(total, count, seen)


class UserGraph(nn.Module):
    """User, task and pick nodes → prior of the user embedding per query, and how much each pick says about the query.

    The prior is the empirical-Bayes one of the training users. A task's own taste deviates from the user's by a Gaussian with `task_spread`
    of the population's variance: for a query, the picks made on other tasks are noisier by that much (hierarchical Bayes, one step of
    message passing from pick over task to query).
    """

    def __init__(self, config: TrainConfig) -> None:
        super().__init__()
        self.spread = config.task_spread
        self.register_buffer("population", torch.zeros(D))
        self.register_buffer("variance", torch.ones(D))
        self.register_buffer("noise", torch.tensor(1.0))

    def forward(self, chosen: Tensor, rejected: Tensor, outcome: Tensor, task_h: Tensor, task_q: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """chosen/rejected [.,H,20], outcome [.,H,4], task_h [.,H,16], task_q [.,B,16] → prior mean [.,B,20] (deviation from the population), log variance [.,B,20], relevance [.,B,H]."""
        pair = lambda m: m[..., :TASKS] + m[..., TASKS:]
        other = torch.relu(1 - pair(task_q) @ pair(task_h).transpose(-1, -2))
        # Both good and both bad are judgements of each response by itself, not of the difference.
        compared = outcome[..., 0:1] + outcome[..., 1:2]
        delta = chosen - compared * rejected
        doubt = 2 * self.spread * (delta * delta) @ self.variance
        relevance = self.noise / (self.noise + other * doubt.unsqueeze(-2))
        blank = task_q[..., :1] * 0
        return blank + torch.zeros_like(self.variance), blank + torch.log(self.variance), relevance
